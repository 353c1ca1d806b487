'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Runner } = require('./runner');

/** A construct as far as the runner knows one. */
class Construct {
  constructor(scope, id, props) {
    if (scope) {
      if (scope.children.has(id)) throw new Error(`There is already a Construct with name '${id}'`);
      scope.children.set(id, this);
    }
    this.children = new Map();
    this.props = props;
    this.node = {
      path: scope ? `${scope.node.path}/${id}` : id,
      tryFindChild: (name) => this.children.get(name),
      tryRemoveChild: (name) => this.children.delete(name),
      findAll: () => [this, ...[...this.children.values()].flatMap((child) => child.node.findAll())],
      addDependency: (...dependencies) => this.dependencies.push(...dependencies),
      addValidation: (validation) => this.validations.push(validation),
    };
    Object.defineProperty(this.node, 'children', { get: () => [...this.children.values()] });
    this.dependencies = [];
    this.validations = [];
    this.stack = scope?.stack ?? this;
  }
}

class Group extends Construct {
  constructor(scope, id, props) {
    super(scope, id, props);
    if (props?.fails) throw new Error(props.fails);
    this.rules = [];
    this.tags = ['token'];
    this.description = 'closed';
  }

  get ref() {
    return `\${Token[${this.node.path}]}`;
  }

  allow(...args) {
    this.rules.push(args);
  }

  get parts() {
    return [...this.children.values()];
  }

  get self() {
    return [this];
  }

  /** Adds a child, as connections add rules. */
  open(id) {
    new Resource(this, id, { type: 'Rule' });
  }
}

/** A resource of CloudFormation as far as the runner knows one. */
class Resource extends Construct {
  get cfnResourceType() {
    return this.props.type;
  }

  override(property, value) {
    this.overrides = { ...this.overrides, [property]: value };
  }

  _toCloudFormation() {
    return { Resources: { [this.node.path]: { Type: this.props.type, Properties: { ...this.props.properties, ...this.overrides } } } };
  }
}

class Peer {
  static ipv4(cidr) {
    return { cidr };
  }
}

const cdk = {
  aws_ec2: { Group, Peer, IpAddressType: { IPV4: 'ipv4' } },
  CfnResource: Object.assign(Resource, { isCfnResource: (construct) => construct instanceof Resource }),
  Stack: { of: (construct) => Object.assign(construct.stack, { resolve: (value) => value }) },
  Lazy: { uncachedList: (producer) => producer },
};
const newGroup = (reference, id, props = {}) => ({ reference, new: 'aws_ec2.Group', id, props });
const it = (reference) => `\u0001${reference}\u0002`;

function start() {
  const runner = new Runner(cdk, (resource, others) => ({ resource, others }));
  const scope = new Construct(undefined, 'Stack');
  return { runner, scope, run: (...steps) => runner.run(scope, JSON.stringify(steps), [scope]) };
}

test('a step makes a child with its properties', () => {
  const { scope, run } = start();
  run(
    newGroup('1.0', 'Group', { vpc: { $object: 0 }, type: { $enum: 'aws_ec2.IpAddressType.IPV4' }, absent: null, list: [{ port: 443 }] }),
  );
  assert.deepEqual(scope.children.get('Group').props, { vpc: scope, type: 'ipv4', absent: undefined, list: [{ port: 443 }] });
});

test('properties refer to what steps before made, also in another run', () => {
  const { runner, scope, run } = start();
  run(newGroup('1.0', 'One'), newGroup('1.1', 'Two', { group: it('1.0') }));
  run(newGroup('2.0', 'Three', { id: it('1.0.ref'), text: `a ${it('1.0.ref')} and ${it('1.1.ref')}`, tags: [it('1.0.tags')] }));
  const [one, two, three] = scope.children.values();
  assert.equal(two.props.group, one);
  assert.deepEqual(three.props, { id: one.ref, text: `a ${one.ref} and ${two.ref}`, tags: one.tags });
  assert.deepEqual(runner.value([it('1.0'), it('1.0.ref')]), [one, one.ref]);
});

test('a child of a child, and an object that is no construct', () => {
  const { runner, scope, run } = start();
  run(newGroup('1.0', 'Group'), { ...newGroup('1.1', 'Rule'), under: it('1.0') }, { reference: '1.2', new: 'aws_ec2.Peer' });
  assert.equal(scope.children.get('Group').children.get('Rule').node.path, 'Stack/Group/Rule');
  assert.ok(runner.value(it('1.2')) instanceof Peer);
});

test('methods are called, static ones too, and properties are set', () => {
  const { scope, run } = start();
  run(
    newGroup('1.0', 'Group'),
    { reference: '1.1', class: 'aws_ec2.Peer', member: 'ipv4', args: ['10.0.0.5/32'] },
    { reference: '1.2', on: it('1.0'), member: 'allow', args: [it('1.1'), null] },
    { reference: '1.3', on: it('1.0'), member: 'setDescription', args: ['open'] },
    { reference: '1.4', value: { $object: 0 } },
    { reference: '1.5', on: it('1.0'), member: 'allow', args: [it('1.4.node.path')] },
  );
  const group = scope.children.get('Group');
  assert.deepEqual(group.rules, [[{ cidr: '10.0.0.5/32' }, undefined], ['Stack']]);
  assert.equal(group.description, 'open');
});

test('a lazy list has its part of what the other list has by then', () => {
  const { runner, scope, run } = start();
  run(
    newGroup('1.0', 'Group'),
    { reference: '1.1', list: it('1.0.parts'), member: 'ref', part: { from: 0, to: 1, known: 2 } },
    { ...newGroup('1.2', 'First'), under: it('1.0') },
    { ...newGroup('1.3', 'OfAnother'), under: it('1.0') },
  );
  const lazy = runner.value(it('1.1'));
  const refs = (...ids) => ids.map((id) => scope.children.get('Group').children.get(id).ref);
  assert.deepEqual(lazy.produce(), refs('First'));
  run({ ...newGroup('2.0', 'Joined'), under: it('1.0') });
  assert.deepEqual(lazy.produce(), refs('First', 'Joined'));
});

test('connections get one more peer, or a group that rules of others do not name, unless CDK keeps them elsewhere', () => {
  for (const [member, list, other] of [
    ['peers', '_securityGroupRules', '_securityGroups'],
    ['opened', '_securityGroups', '_securityGroupRules'],
  ]) {
    const { runner, scope } = start();
    const connections = { [list]: ['one'], [other]: [] };
    const steps = JSON.stringify([{ reference: '1.0', [member]: { $object: 0 }, value: 'two' }]);
    runner.run(scope, steps, [connections]);
    assert.deepEqual(connections, { [list]: ['one', 'two'], [other]: [] });
    assert.throws(() => runner.run(scope, steps, [{}]), { message: `the Connections of this aws-cdk-lib have no ${list}` });
  }
});

test('what joins a list that is closed is reported at synthesis', () => {
  const { scope, run } = start();
  run(
    newGroup('1.0', 'Group'),
    { ...newGroup('1.1', 'Known'), under: it('1.0') },
    { reference: '1.2', refuse: it('1.0.parts'), known: 1, message: '{path} is one too many' },
  );
  const [validation] = scope.validations;
  assert.deepEqual(validation.validate(), []);
  run({ ...newGroup('2.0', 'Joined'), under: it('1.0') });
  assert.deepEqual(validation.validate(), ['Stack/Group/Joined is one too many']);
});

test('a value that a property must not have in the template is reported at synthesis', () => {
  const { scope, run } = start();
  const properties = { Scheme: 'internet-facing' };
  const balancer = { reference: '1.0', new: 'CfnResource', id: 'Alb', props: { type: 'Alb', properties } };
  run(
    balancer,
    { ...newGroup('1.1', 'Group') },
    { reference: '1.2', resource: it('1.0'), property: 'Scheme', value: 'internal', message: 'Scheme is internal' },
  );
  const [alb, group] = scope.children.values();
  const [validation] = scope.validations;
  assert.deepEqual(validation.validate(), []);
  alb.override('Scheme', 'internal');
  assert.deepEqual(validation.validate(), ['Scheme is internal']);
  group.node.defaultChild = alb; // as an L2 has its resource
  run({ reference: '2.0', resource: it('1.1'), property: 'Scheme', value: 'internal', message: 'of the L2' });
  assert.deepEqual(scope.validations[1].validate(), ['of the L2']);
});

const added = (reference, on, within) => ({ reference, on: it(on), member: 'open', args: [`From${reference}`], within: within.map(it) });

test('the children that a call adds, and no others', () => {
  const { runner, scope, run } = start();
  run(newGroup('1.0', 'Group'), newGroup('1.1', 'Other'), { ...newGroup('1.2', 'Before'), under: it('1.0') });
  run(added('2.0', '1.0', ['1.0.self', '1.1.self']));
  assert.deepEqual(runner.value(it('2.0')), [scope.children.get('Group').children.get('From2.0')]);
});

test('resources of a type wait for what is in their stack', () => {
  const { runner, scope, run } = start();
  const elsewhere = new Construct(undefined, 'Elsewhere');
  const service = { reference: '1.1', new: 'CfnResource', id: 'Service', props: { type: 'Service' }, under: it('1.0') };
  run(
    newGroup('1.0', 'Client'),
    service,
    { ...service, reference: '1.2', id: 'Task', props: { type: 'Task' } },
    newGroup('1.3', 'Endpoint'),
  );
  const others = [it('1.3'), it('2.0'), { $object: 1 }];
  const steps = [added('2.0', '1.3', ['1.3.self']), { reference: '2.1', waiting: it('1.0'), type: 'Service', others }];
  runner.run(scope, JSON.stringify(steps), [scope, elsewhere]);
  const [client, endpoint] = scope.children.values();
  const [resource, task] = client.children.values();
  assert.deepEqual(resource.dependencies, [{ resource, others: [endpoint, endpoint.children.get('From2.0')] }]);
  assert.deepEqual([client.dependencies, task.dependencies], [[], []]);
});

test('children that a call adds wait for others, wherever these are', () => {
  const { runner, scope, run } = start();
  const elsewhere = new Construct(undefined, 'Elsewhere');
  run(newGroup('1.0', 'Client'), { ...newGroup('1.1', 'Before'), under: it('1.0') });
  const steps = [added('2.0', '1.0', ['1.0.self']), { reference: '2.1', waiting: it('2.0'), others: [{ $object: 0 }] }];
  runner.run(scope, JSON.stringify(steps), [elsewhere]);
  const client = scope.children.get('Client');
  assert.deepEqual(client.children.get('From2.0').dependencies, [elsewhere]);
  assert.deepEqual([client.dependencies, client.children.get('Before').dependencies], [[], []]);
});

test('what is no construct, or in another stack, waits for nothing', () => {
  const { runner, scope, run } = start();
  const elsewhere = new Resource(undefined, 'Elsewhere', { type: 'Service' });
  run(newGroup('1.0', 'Endpoint'));
  for (const client of [{ connections: {} }, elsewhere]) {
    const step = { reference: '1.1', waiting: { $object: 0 }, type: 'Service', others: [it('1.0')] };
    runner.run(scope, JSON.stringify([step]), [client]);
  }
  assert.deepEqual(elsewhere.dependencies, []);
});

test('if a step fails, its message has the path, and IDs are free again', () => {
  const { scope, run } = start();
  run(newGroup('1.0', 'Before'));
  assert.throws(() => run(newGroup('1.1', 'Group'), newGroup('1.2', 'Bad', { fails: 'no VPC' })), { message: 'Stack/Bad: no VPC' });
  assert.throws(() => run(newGroup('1.3', 'Bad', { fails: 'Stack/Bad has no VPC' })), { message: 'Stack/Bad has no VPC' });
  assert.throws(() => run(newGroup('1.4', 'Before')), { message: "Stack/Before: There is already a Construct with name 'Before'" });
  assert.deepEqual([...scope.children.keys()], ['Before']);
  run(newGroup('1.5', 'Bad'));
  const below = (reference, id, props) => ({ ...newGroup(reference, id, props), under: it('1.0') });
  assert.throws(() => run(below('1.6', 'Below'), below('1.7', 'Bad', { fails: 'no VPC' })), { message: 'Stack/Before/Bad: no VPC' });
  assert.equal(scope.children.get('Before').children.size, 0);
});

for (const [name, step, message] of [
  ['a class', { new: 'aws_ec2.Groop', id: 'Group' }, 'aws-cdk-lib has no aws_ec2.Groop'],
  ['a module', { new: 'aws_ecc.Group', id: 'Group' }, 'aws-cdk-lib has no aws_ecc.Group'],
  [
    'a member of an enum',
    newGroup('1.1', 'B', { type: { $enum: 'aws_ec2.IpAddressType.IPV5' } }),
    'aws-cdk-lib has no aws_ec2.IpAddressType.IPV5',
  ],
  ['a property', newGroup('1.1', 'B', { id: it('1.0.attrId') }), 'Group has no attrId'],
  ['a method', { on: it('1.0'), member: 'alow', args: [] }, 'Group has no alow'],
  ['a property that is set', { on: it('1.0'), member: 'setName', args: ['x'] }, 'Group has no setName'],
  ['an item', newGroup('1.1', 'B', { group: it('7.7') }), 'nothing was made for 7.7'],
]) {
  test(`an unknown name is an error: ${name}`, () => {
    const { run } = start();
    assert.throws(() => run(newGroup('1.0', 'A'), { reference: '1.1', ...step }), { message });
  });
}
