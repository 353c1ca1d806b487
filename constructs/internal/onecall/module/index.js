'use strict';

// What Go calls over jsii, as jsii.json declares it.
const cdk = require('aws-cdk-lib');
const { Construct, Dependable } = require('constructs');
const { Runner } = require('./runner');
const { Wait } = require('./wait');

const runner = new Runner(cdk, (resource, others) => {
  const wait = new Wait(cdk, resource, others);
  Dependable.implement(wait, wait);
  return wait;
});

/** For each connectable group, the reference to its connections. */
const connectionsOf = new WeakMap();

/** A construct that Go defines: what is in it is made by steps. */
class Group extends Construct {}

/** A group with connections. */
class ConnectableGroup extends Group {
  get connections() {
    return runner.value(connectionsOf.get(this));
  }
}

class Batch {
  /** Makes a group and all that is in it, and returns it with the values that are wanted. If a step fails, the group is removed. */
  static make(scope, id, connections, steps, objects, wanted) {
    const group = connections === '' ? new Group(scope, id) : new ConnectableGroup(scope, id);
    connectionsOf.set(group, connections);
    try {
      return [group, ...Batch.more(group, steps, objects, wanted)];
    } catch (error) {
      scope.node.tryRemoveChild(id);
      throw error;
    }
  }

  /** Makes more in a construct that exists, and returns the values that are wanted. */
  static more(scope, steps, objects, wanted) {
    runner.run(scope, steps, objects);
    return runner.value(JSON.parse(wanted), objects);
  }
}

module.exports = { Group, ConnectableGroup, Batch };
