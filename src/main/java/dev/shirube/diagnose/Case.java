package dev.shirube.diagnose;

import dev.shirube.diagnose.fingerprint.Fingerprint;

/**
 * A case of a wiki.
 *
 * @param page the content path
 * @param title as HTML, as the page has it
 */
public record Case(String page, String title, Fingerprint fingerprint) {}
