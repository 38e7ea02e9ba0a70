package dev.shirube.diagnose.fingerprint;

/**
 * By what a case is known. All that is required holds of one object, with its events, containers
 * and logs; nothing of what is excluded does.
 */
public record Fingerprint(ObjectKind object, Criteria required, Criteria excluded) {}
