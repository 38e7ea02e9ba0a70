package dev.shirube.verify.shell;

/** How far what a page runs is kept from the rest of the machine. */
public enum Confinement {
  /** Own processes, own files, a user without rights and without capabilities. */
  NAMESPACES("own process and mount namespaces (bubblewrap)"),
  /** Only a session of its own: programs that could do harm are refused. */
  SESSION("own session only; programs that need namespaces are refused");

  private final String description;

  Confinement(String description) {
    this.description = description;
  }

  /** For reports. */
  public String description() {
    return description;
  }
}
