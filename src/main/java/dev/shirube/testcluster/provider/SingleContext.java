package dev.shirube.testcluster.provider;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/** A context that needs no other file: certificates and keys are inside. */
record SingleContext(NamedContext context, NamedCluster cluster, NamedAuthInfo user) {

  /** The one context of the kubeconfig that k3s writes, under a name and an address of our own. */
  static SingleContext ofK3s(String kubeconfig, String name, String server) {
    Config config = Serialization.unmarshal(kubeconfig, Config.class);
    NamedContext context = config.getContexts().getFirst();
    NamedCluster cluster = config.getClusters().getFirst();
    NamedAuthInfo user = config.getUsers().getFirst();
    context.setName(name);
    context.getContext().setCluster(name);
    context.getContext().setUser(name);
    cluster.setName(name);
    cluster.getCluster().setServer(server);
    user.setName(name);
    return new SingleContext(context, cluster, user);
  }

  /** The name of the current context of a kubeconfig. */
  static String nameIn(String kubeconfig) {
    return Serialization.unmarshal(kubeconfig, Config.class).getCurrentContext();
  }

  String name() {
    return context.getName();
  }

  String server() {
    return cluster.getCluster().getServer();
  }

  /** A kubeconfig that holds only this context. */
  String kubeconfig() {
    return Serialization.asYaml(
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .withClusters(cluster)
            .withUsers(user)
            .withContexts(context)
            .withCurrentContext(name())
            .build());
  }
}
