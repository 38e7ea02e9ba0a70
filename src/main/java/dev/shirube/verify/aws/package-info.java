/**
 * A double of AWS on loopback, for the calls that setting up EKS takes: in go requests as the AWS
 * CLI signs them, and tokens as kube-apiserver gets them; out come answers, and who a token belongs
 * to. All of it is state in memory; nothing of AWS is asked.
 */
@NullMarked
package dev.shirube.verify.aws;

import org.jspecify.annotations.NullMarked;
