'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Wait } = require('./wait');

/** A resource as far as a wait knows one; stacks are names. */
class Resource {
  constructor({ stack = 'Stack', scopes = [], dependencies = [], references = [] } = {}) {
    this.stack = stack;
    this.dependencies = dependencies;
    this.references = references;
    this.node = {
      findAll: () => [this],
      get dependencies() {
        return dependencies.flatMap((dependency) => dependency.dependencyRoots ?? [dependency]);
      },
    };
    this.node.scopes = [...scopes, this];
  }

  obtainDependencies() {
    return [];
  }

  _toCloudFormation() {
    return this.references.map((target) => ({ target }));
  }
}

/** Resolves what is only a list of references. */
class DefaultTokenResolver {
  resolveToken() {}
}

const cdk = {
  CfnResource: { isCfnResource: (construct) => construct instanceof Resource },
  DefaultTokenResolver,
  Reference: { isReference: () => true },
  Stack: { of: (construct) => construct.stack },
  StringConcat: class {},
  Tokenization: { resolve: (tokens, { resolver }) => tokens.forEach((token) => void resolver.resolveToken(token)) },
};

const roots = (resource, ...others) => new Wait(cdk, resource, others).dependencyRoots;

test('a resource waits for all that does not wait for it', () => {
  const service = new Resource();
  const free = new Resource({ dependencies: [new Resource()], references: [new Resource()] });
  const direct = new Resource({ dependencies: [service] });
  const byReference = new Resource({ references: [new Resource({ dependencies: [service] })] });
  const byScope = new Resource({ scopes: [direct] });
  assert.deepEqual(roots(service, free, direct, byReference, byScope), [free]);
});

test('what another stack has is not followed: CDK orders stacks', () => {
  const service = new Resource();
  const outside = new Resource({ stack: 'Other', dependencies: [service] });
  const endpoint = new Resource({ references: [outside] });
  assert.deepEqual(roots(service, endpoint), [endpoint]);
});

test('circles of others end', () => {
  const service = new Resource();
  const a = new Resource();
  const b = new Resource({ dependencies: [a] });
  a.dependencies.push(b);
  assert.deepEqual(roots(service, a, b), [a, b]);
});

test('of two resources that would wait for each other by waits, at most one does', () => {
  const [firstService, secondService] = [new Resource(), new Resource()];
  const firstEndpoint = new Resource({ dependencies: [secondService] });
  const secondEndpoint = new Resource({ dependencies: [firstService] });
  const first = new Wait(cdk, firstService, [firstEndpoint]);
  const second = new Wait(cdk, secondService, [secondEndpoint]);
  firstService.dependencies.push(first);
  secondService.dependencies.push(second);
  assert.ok(first.dependencyRoots.length + second.dependencyRoots.length < 2);
  assert.deepEqual(first.dependencyRoots, first.dependencyRoots);
});

test('many waits that ask each other end soon', () => {
  let asked = 0;
  const services = Array.from({ length: 30 }, () => new Resource());
  services.forEach((service, i) => {
    const endpoint = new Resource({ dependencies: services.slice(i + 1) });
    endpoint._toCloudFormation = () => {
      asked++;
      return [];
    };
    service.dependencies.push(new Wait(cdk, service, [endpoint]));
  });
  for (const service of services) assert.equal(service.node.dependencies.length, 1);
  assert.ok(asked <= 30 ** 3, `asked ${asked} times`);
});
