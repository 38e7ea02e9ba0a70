package dev.shirube.testcluster.image;

import java.util.List;

/**
 * An image in the store.
 *
 * @param names what it can be pulled by
 * @param digest of its manifest, for example {@code sha256:…}
 * @param origin what it was made of, for example {@code Debian's nginx 1.22.1-9}; for a real image
 *     the registry
 * @param real whether it is the image that its registry has, byte for byte
 * @param recipe the hash of the recipe that it was made for; empty where there was none
 */
public record StoredImage(
    List<ImageName> names, String digest, String origin, boolean real, String recipe) {

  public StoredImage {
    names = List.copyOf(names);
  }

  /** What a report says about it. */
  public String description() {
    return (real ? "the real image from " : "made here of ") + origin;
  }
}
