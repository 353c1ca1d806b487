'use strict';

/** What was decided since the outermost question: waits can ask each other. Undefined while nobody asks. */
let decided;

/**
 * What a resource waits for: others in its stack, but none that waits for the resource in turn, because CloudFormation refuses circles. It is decided when
 * CDK asks for it at synthesis, as dependencies and references are then.
 */
class Wait {
  #cdk;
  #resource;
  #others;

  /**
   * @param cdk      aws-cdk-lib
   * @param resource the resource that waits
   * @param others   constructs in its stack
   */
  constructor(cdk, resource, others) {
    this.#cdk = cdk;
    this.#resource = resource;
    this.#others = others;
  }

  /** What CDK asks a dependable for. */
  get dependencyRoots() {
    if (decided?.has(this)) return decided.get(this);
    const isOutermost = decided === undefined;
    decided ??= new Map();
    decided.set(this, []); // as long as it is not decided, the resource waits for nothing
    try {
      const roots = this.#others.filter((other) => !this.#waits(other));
      decided.set(this, roots);
      return roots;
    } finally {
      if (isOutermost) decided = undefined;
    }
  }

  /** Whether a construct waits for the resource. */
  #waits(construct) {
    const before = new Set(construct.node.findAll().filter(this.#cdk.CfnResource.isCfnResource));
    for (const resource of before) {
      if (resource === this.#resource) return true;
      for (const next of this.#before(resource)) before.add(next);
    }
    return false;
  }

  /** The resources of the stack for which one waits: by a dependency of it or of a scope, or by a reference. */
  #before(resource) {
    const { CfnResource, Stack } = this.#cdk;
    const isHere = (construct) => Stack.of(construct) === Stack.of(this.#resource);
    const ofScopes = resource.node.scopes.flatMap((scope) => scope.node.dependencies).filter(isHere);
    const all = [
      ...ofScopes.flatMap((construct) => construct.node.findAll()),
      ...resource.obtainDependencies(),
      ...this.#references(resource),
    ];
    return all.filter((construct) => CfnResource.isCfnResource(construct) && isHere(construct));
  }

  /** The constructs to which the properties of a resource refer. */
  #references(resource) {
    const { DefaultTokenResolver, Reference, StringConcat, Tokenization } = this.#cdk;
    const targets = [];
    class Collector extends DefaultTokenResolver {
      resolveToken(token, context, postProcessor) {
        if (Reference.isReference(token)) targets.push(token.target);
        return super.resolveToken(token, context, postProcessor);
      }
    }
    Tokenization.resolve(resource._toCloudFormation(), { scope: resource, resolver: new Collector(new StringConcat()), preparing: true });
    return targets;
  }
}

module.exports = { Wait };
