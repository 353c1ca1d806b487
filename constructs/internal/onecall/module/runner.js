'use strict';

// A step makes an object, calls a method or takes an object that exists; the result has a reference, by which later steps of any batch name it. Steps arrive
// as JSON, in which some values stand for others:
//
//   {"$object": 2}                            the third of the objects that came with the steps
//   {"$enum": "aws_ec2.IpAddressType.IPV4"}   a member of an enum of aws-cdk-lib
//   "\u00017.0\u0002"                         what has the reference 7.0: the first item of batch 7
//   "\u00017.0.attrGroupId\u0002"             a property of it, also as a part of a longer text
const placeholder = /\u0001(\d+\.\d+)((?:\.\w+)*)\u0002/g;

/** What Go calls to set a property. */
const setter = /^set([A-Z])(.*)$/;

/** Runs the steps of batches. */
class Runner {
  /** What was made, by its reference. It lives as long as the process, as all objects of jsii do. */
  #made = new Map();
  #cdk;
  #dependable;

  /**
   * @param cdk        aws-cdk-lib
   * @param dependable returns what a resource can depend on to wait for others
   */
  constructor(cdk, dependable) {
    this.#cdk = cdk;
    this.#dependable = dependable;
  }

  /**
   * Runs steps. If one fails, the children that the steps before it added are removed, so that their IDs are free again.
   *
   * @param scope   the construct of which the things that are made become children
   * @param text    the steps, as JSON
   * @param objects what {"$object": …} stands for
   */
  run(scope, text, objects) {
    const children = [];
    for (const step of JSON.parse(text)) {
      try {
        this.#made.set(step.reference, this.#run(step, scope, objects, children));
      } catch (error) {
        for (const { parent, id } of children.reverse()) parent.node.tryRemoveChild(id);
        throw error;
      }
    }
  }

  /** Returns what a value of a step stands for. */
  value(value, objects) {
    if (typeof value === 'string') return this.#text(value);
    if (value === null) return undefined; // as jsii has it
    if (typeof value !== 'object') return value;
    if (Array.isArray(value)) return this.#list(value, objects);
    if ('$object' in value) return objects[value.$object];
    if ('$enum' in value) return this.#cdkMember(value.$enum);
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, this.value(element, objects)]));
  }

  #run(step, scope, objects, children) {
    if (step.new !== undefined) return this.#make(step, scope, objects, children);
    if (step.list !== undefined) return this.#lazyList(step);
    if (step.peers !== undefined) return this.#join(step.peers, '_securityGroupRules', step, objects);
    if (step.opened !== undefined) return this.#join(step.opened, '_securityGroups', step, objects);
    if (step.refuse !== undefined) return this.#refuseMore(step, scope);
    if (step.resource !== undefined) return this.#refuseValue(step, scope);
    if (step.waiting !== undefined) return this.#wait(step, scope, objects);
    if (step.within !== undefined) return this.#added(step, objects);
    if (step.below !== undefined) return this.#below(step, objects);
    return step.value === undefined ? this.#call(step, objects) : this.value(step.value, objects);
  }

  #make(step, scope, objects, children) {
    const Class = this.#cdkMember(step.new);
    const props = this.value(step.props, objects);
    if (step.id === undefined) return new Class(props);
    const parent = step.under === undefined ? scope : this.value(step.under, objects);
    if (parent.node.tryFindChild(step.id) === undefined) children.push({ parent, id: step.id });
    try {
      return new Class(parent, step.id, props);
    } catch (error) {
      const path = `${parent.node.path}/${step.id}`;
      if (error instanceof Error && !error.message.includes(path)) error.message = `${path}: ${error.message}`;
      throw error;
    }
  }

  #call(step, objects) {
    const on = step.class === undefined ? this.value(step.on, objects) : this.#cdkMember(step.class);
    const args = step.args.map((arg) => this.value(arg, objects));
    if (step.member in on) return on[step.member](...args);
    const property = setter.exec(step.member);
    const name = property && property[1].toLowerCase() + property[2];
    if (!(name in on)) throw new Error(`${step.class ?? on.constructor.name} has no ${step.member}`);
    on[name] = args[0];
    return undefined;
  }

  /** Returns a list with a property of each element of a part of another list, which is read at synthesis. */
  #lazyList(step) {
    const { from, to, known } = step.part;
    const isInPart = (_, i) => (i >= from && i < to) || i >= known;
    const produce = () =>
      this.value(step.list)
        .filter(isInPart)
        .map((element) => element[step.member]);
    return this.#cdk.Lazy.uncachedList({ produce });
  }

  /** Makes synthesis of the scope fail if constructs join a list. */
  #refuseMore({ refuse, known = 0, message }, scope) {
    const more = () => this.value(refuse).slice(known);
    scope.node.addValidation({ validate: () => more().map((construct) => message.replaceAll('{path}', construct.node.path)) });
  }

  /** Makes synthesis of the scope fail if a property has a value in the template, whoever set it: CDK's getters do not know of overrides. */
  #refuseValue({ resource, property, value, message }, scope) {
    const { Stack } = this.#cdk;
    const validate = () => {
      const construct = this.value(resource);
      const made = construct.node.defaultChild ?? construct;
      const { Resources } = Stack.of(made).resolve(made._toCloudFormation());
      return Object.values(Resources).some(({ Properties }) => Properties?.[property] === value) ? [message] : [];
    };
    scope.node.addValidation({ validate });
  }

  /**
   * Adds a value to one of the lists that connections keep: what rules of others name, or the security groups that take rules. CDK has a method that adds a
   * security group to both, and none for one of them.
   */
  #join(connections, list, step, objects) {
    const joined = this.value(connections, objects)[list];
    if (typeof joined?.push !== 'function') throw new Error(`the Connections of this aws-cdk-lib have no ${list}`);
    joined.push(this.value(step.value, objects));
  }

  /** Calls a method, and returns the children that it adds to some constructs. */
  #added(step, objects) {
    const children = () => step.within.flatMap((parent) => this.value(parent, objects)).flatMap((parent) => parent.node?.children ?? []);
    const before = new Set(children());
    this.#call(step, objects);
    return children().filter((child) => !before.has(child));
  }

  /** Returns properties of each construct of a class in another as JSON, which Go reads: a row for each, with '' for one that is not set. */
  #below({ below, class: name, members }, objects) {
    const Class = this.#cdkMember(name);
    const found = this.value(below, objects)
      .node.findAll()
      .filter((construct) => construct instanceof Class);
    return JSON.stringify(found.map((construct) => members.map((member) => construct[member] ?? '')));
  }

  /** Makes the resources of a type in a construct wait for others, as far as all are in the stack of the scope; or the children there for any. */
  #wait(step, scope, objects) {
    const { CfnResource, Stack } = this.#cdk;
    const isHere = (construct) => Stack.of(construct) === Stack.of(scope);
    const all = step.others.flatMap((other) => this.value(other, objects));
    if (step.type === undefined) {
      for (const child of this.value(step.waiting, objects).filter(isHere)) child.node.addDependency(...all);
      return;
    }
    const others = all.filter(isHere);
    for (const resource of this.value(step.waiting, objects).node?.findAll() ?? []) {
      if (CfnResource.isCfnResource(resource) && resource.cfnResourceType === step.type && isHere(resource)) {
        resource.node.addDependency(this.#dependable(resource, others));
      }
    }
  }

  #cdkMember(name) {
    const found = name.split('.').reduce((module, part) => module?.[part], this.#cdk);
    if (found === undefined) throw new Error(`aws-cdk-lib has no ${name}`);
    return found;
  }

  /** A text that is one reference stands for whatever that refers to; in a longer text, references are replaced by texts. */
  #text(text) {
    if (!text.includes('\u0001')) return text;
    const found = [...text.matchAll(placeholder)];
    if (found.length === 1 && found[0][0] === text) return this.#lookUp(found[0]);
    return text.replace(placeholder, (...match) => this.#lookUp(match));
  }

  /** A list of one reference to a list stands for that list, as CDK's own lists of one token do. */
  #list(list, objects) {
    const values = list.map((element) => this.value(element, objects));
    return values.length === 1 && typeof list[0] === 'string' && Array.isArray(values[0]) ? values[0] : values;
  }

  #lookUp([, reference, properties]) {
    if (!this.#made.has(reference)) throw new Error(`nothing was made for ${reference}`);
    return properties
      .split('.')
      .slice(1)
      .reduce((object, property) => {
        if (!(property in object)) throw new Error(`${object.constructor.name} has no ${property}`);
        return object[property];
      }, this.#made.get(reference));
  }
}

module.exports = { Runner };
