// Has the service worker keep the site for reading without a network, once the page is there. From
// disk nothing is needed, and over plain http no browser allows it.
(() => {
  const { worker } = document.currentScript.dataset;
  const isServed = location.protocol === "https:" || location.protocol === "http:";
  if (!isServed || !navigator.serviceWorker || navigator.connection?.saveData) {
    return;
  }
  addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
})();
