package dev.shirube.cli;

import dev.shirube.testcluster.provider.ProviderName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --provider}. */
final class ProviderConverter implements ITypeConverter<ProviderName> {

  @Override
  public ProviderName convert(String text) {
    try {
      return ProviderName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
