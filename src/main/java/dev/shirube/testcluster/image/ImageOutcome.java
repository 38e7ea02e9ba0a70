package dev.shirube.testcluster.image;

import java.util.Optional;

/**
 * What became of an image that was asked for.
 *
 * @param image what is in the store now; empty where it could not be had
 * @param fresh whether it was put there just now
 * @param why why it could not be had; empty where it could
 */
public record ImageOutcome(ImageName name, Optional<StoredImage> image, boolean fresh, String why) {

  static ImageOutcome kept(ImageName name, StoredImage image) {
    return new ImageOutcome(name, Optional.of(image), false, "");
  }

  static ImageOutcome fresh(ImageName name, StoredImage image) {
    return new ImageOutcome(name, Optional.of(image), true, "");
  }

  static ImageOutcome failed(ImageName name, String why) {
    return new ImageOutcome(name, Optional.empty(), false, why);
  }
}
