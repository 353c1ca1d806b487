package walk

import (
	"cmp"
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
)

// taskListens finds whether a container of an ECS service listens on the port of a target.
func (t *trace) taskListens(service *network.EcsService, to network.Target) result {
	d, r := t.runningTasks(service, to)
	if d == nil {
		return r
	}
	return containerListens(service, d, to)
}

// runningTasks returns the task definition of a service that runs tasks with network interfaces of their own; nil, with the
// reason, if that is not known.
func (t *trace) runningTasks(service *network.EcsService, to network.Target) (*network.TaskDefinition, result) {
	count, definition := service.DesiredCount(), service.TaskDefinition()
	if count.IsUndecided() {
		return nil, undecided(count)
	}
	if n, ok := count.Number(); ok && n == 0 && !t.n.HasScalableTargets() {
		return nil, blocks(to.Name+" runs no tasks", "set its DesiredCount").at(count)
	}
	d := network.AsTaskDefinition(definition.Value)
	if d == nil {
		return nil, unknown(
			fmt.Sprintf("task definition %s is not in the templates, so its container ports are unknown", definition), "load the template that defines it",
		).at(definition)
	}
	switch mode := d.NetworkMode(); {
	case mode.IsUndecided():
		return nil, undecided(mode)
	case mode.Literal() != "awsvpc":
		return nil, blocks(
			fmt.Sprintf("the tasks of the service need the network mode awsvpc, and that of the task definition is %q", cmp.Or(mode.Literal(), "bridge")),
			"set NetworkMode to awsvpc",
		).at(mode)
	}
	return d, result{}
}

// containerListens finds whether the container that a service registers listens on the port of a target.
func containerListens(service *network.EcsService, d *network.TaskDefinition, to network.Target) result {
	name := service.EntryFor(to.Port).ContainerName()
	switch {
	case name.IsUndecided():
		return undecided(name)
	case !d.ContainerDefinitions().IsList():
		return undecided(d.ContainerDefinitions())
	}
	var undecidedName *network.Property
	for _, c := range d.Containers() {
		switch own, ok := c.Name().Text(); {
		case !ok:
			p := c.Name()
			undecidedName = &p
		case own == name.Literal():
			return mapsPort(c, to)
		}
	}
	if undecidedName != nil {
		return undecided(*undecidedName)
	}
	return blocks(
		fmt.Sprintf("%s has no container %q", network.DisplayName(d.Resource), name.Literal()), "name a container of the task definition",
	).at(service.LoadBalancersProperty()).related(cite.Resource(d.Resource))
}

// mapsPort finds whether a container has a TCP port mapping for the port of a target.
func mapsPort(c network.Container, to network.Target) result {
	if !c.PortMappingsProperty().IsListOrAbsent() {
		return undecided(c.PortMappingsProperty())
	}
	for _, m := range c.PortMappings() {
		if m.Protocol().IsUndecided() {
			return undecided(m.Protocol())
		}
		port, ok := m.ContainerPort().Number()
		switch {
		case !ok:
			return undecided(m.At)
		case int(port) != to.Port || cmp.Or(m.Protocol().Literal(), "tcp") != "tcp":
			continue
		}
		if host := m.HostPort().Int(); host != 0 && host != to.Port {
			return blocks(
				fmt.Sprintf("HostPort is %d and ContainerPort is %d: for a task with a network interface of its own they must be the same", host, to.Port),
				"leave HostPort out",
			).at(m.HostPort())
		}
		return passes("a container of %s listens on port %d", to.Name, to.Port).at(m.At)
	}
	return blocks(
		fmt.Sprintf("the container has no TCP port mapping for port %d, so ECS refuses to register it", to.Port),
		"map the container port to which the target group sends requests",
	).at(c.At).related(cite.Property(to.At))
}
