'use strict';

const { Refusal } = require('../runtime/ec2');

/**
 * Answers of EC2 about one endpoint service. Its `states` are those of the private DNS name, one for each time that the service is described; the
 * last one stays. `refusals` are the codes with which the first calls of an action are refused.
 */
function service({ name = 'api.company.com', states = ['verified'], record = ['_abc', 'vpce:xyz'], refusals = {} }) {
  const left = structuredClone(refusals);
  const described = [...states];
  const refuse = (action) => {
    const code = left[action]?.shift();
    return code && new Refusal(code, `${code} of ${action}`);
  };
  return {
    DescribeVpcEndpointServiceConfigurations: () => {
      const state = described.length > 1 ? described.shift() : described[0];
      return (
        refuse('Describe') ?? {
          serviceConfigurationSet: [
            {
              serviceId: 'vpce-svc-1',
              privateDnsName: typeof name === 'string' ? name : name.length > 1 ? name.shift() : name[0],
              privateDnsNameConfiguration: state && { state, type: 'TXT', name: record[0], value: record[1] },
            },
          ],
        }
      );
    },
    StartVpcEndpointServicePrivateDnsVerification: () => refuse('Start') ?? { return: true },
  };
}

module.exports = { service };
