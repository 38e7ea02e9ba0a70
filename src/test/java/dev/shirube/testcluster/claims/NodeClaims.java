package dev.shirube.testcluster.claims;

/** All that every cluster with nodes must do, wherever its images come from. */
public interface NodeClaims
    extends ApiServerClaims,
        WorkloadClaims,
        ConfigurationClaims,
        StorageClaims,
        NetworkClaims,
        ImageClaims,
        FailureClaims,
        MigrationClaims {}
