/** Loads a classic script, as most pages load a search engine. */
export const loadScript = (url) =>
  new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = loaded;
    script.onerror = () => failed(new Error("cannot load " + url));
    document.head.append(script);
  });
