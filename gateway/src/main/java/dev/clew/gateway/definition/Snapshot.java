// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.definition;

import dev.clew.gateway.api.Deployment;
import dev.clew.gateway.api.Resource;
import java.util.List;
import java.util.Objects;

/**
 * What a deployment froze: later changes of the API reach a stage only with another deployment.
 *
 * @param resources with their methods and integrations, in the order of their paths
 */
public record Snapshot(Deployment deployment, ApiDefinition definition, List<Resource> resources) {
    public Snapshot {
        resources = List.copyOf(resources);
    }

    public String id() {
        return Objects.requireNonNull(deployment.id());
    }

    public Snapshot withDeployment(Deployment changed) {
        return new Snapshot(changed, definition, resources);
    }
}
