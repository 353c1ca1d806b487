"""A local AWS API for deployments: moto's server, with a CloudFormation of its own and AWS's refusals over it.

engine     CloudFormation: stacks, change sets, deployments, rollbacks. It knows no resource type.
types      the resource types, as data
services   APIs of services that moto has too little of: VPC Lattice, Resource Access Manager, Parameter Store, Route 53 Profiles
           and transit gateways
functions  Lambda functions that run, and what invokes them
refusals   what AWS refuses and moto accepts, as functions that run before or after moto's: see overlay; what the services
           above refuse is data: see services.api
__main__   the server, through dispatch: one request at a time

To add a resource type:

1. Write a ResourceType in a file of types, from its page in the CloudFormation Template Reference,
   https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/, which has a page for each type: its properties
   by what "Update requires" says, the calls that create, update, read and delete it, its ID, and what Fn::GetAtt returns.
   The calls are made over the local API, as CloudFormation makes them. If moto does not implement one, add it in refusals
   with @instead; if moto's own CloudFormation creates the type well enough, one line in types/modeled.py will do.
2. Write what AWS refuses in a file of refusals, with its page, and "Assumption:" where no page says it. Run
   python3 -m localaws.texts, and give each new text a cause and a remedy in internal/awserrors.
3. List the new files in types/__init__.py and refusals/__init__.py.

The tests compare the properties with CloudFormation's schemas, and the calls with the models of the APIs. A type, a property
or an update that is not there fails the deployment. Each refusal of the services must be made by a test.
"""

import os

# Nothing here uses one of the 1,200 machine images, which moto would make for each account and Region.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
