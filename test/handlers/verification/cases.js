'use strict';

const request = (RequestType, more) => ({ RequestType, ...more });
const denied = 'UnauthorizedOperation';
const many = (n, value) => Array(n).fill(value);

// Calls of ten minutes, 15 seconds apart: D for describe, S for start. A start is repeated after a minute, and at once if the name has failed.
const pendingForTenMinutes = `D${'SDDDD'.repeat(10)}`;
const failedForTenMinutes = `D${'SD'.repeat(40)}`;

/**
 * What CloudFormation requests (a Create of api.company.com unless it says something else), how EC2 answers, which calls the function makes, how many
 * seconds it waits, and what it answers.
 */
module.exports = {
  'verified already': { service: { states: ['verified'] }, calls: 'D', waits: 0, status: 'SUCCESS' },
  'pending, then verified': {
    service: { states: ['pendingVerification', 'pendingVerification', 'verified'] },
    calls: 'DSDD',
    waits: 30,
    status: 'SUCCESS',
  },
  'failed is started again at once': {
    service: { states: ['pendingVerification', 'failed', 'failed', 'verified'] },
    calls: 'DSDSDSD',
    waits: 45,
    status: 'SUCCESS',
  },
  'pending for long is started again': {
    service: { states: [...many(5, 'pendingVerification'), 'verified'] },
    calls: 'DSDDDDSD',
    waits: 75,
    status: 'SUCCESS',
  },
  'never verified': {
    service: { states: ['pendingVerification'] },
    calls: pendingForTenMinutes,
    waits: 600,
    status: 'FAILED',
    reason:
      'api.company.com is pendingVerification after 600 s: AWS looks for a TXT record _abc.api.company.com with the value "vpce:xyz", in public DNS',
  },
  'a wildcard that is never verified': {
    request: request('Create', { name: '*.company.com' }),
    service: { name: '*.company.com', states: ['failed'] },
    calls: failedForTenMinutes,
    waits: 600,
    status: 'FAILED',
    physical: 'vpce-svc-1/*.company.com',
    reason: '*.company.com is failed after 600 s: AWS looks for a TXT record _abc.company.com with the value "vpce:xyz", in public DNS',
  },
  'a record that AWS has changed since': {
    service: { states: ['failed'], record: ['_new', 'vpce:new'] },
    calls: failedForTenMinutes,
    status: 'FAILED',
    reason:
      'api.company.com is failed after 600 s: AWS looks for a TXT record _new.api.company.com with the value "vpce:new", in public DNS',
  },
  'another name': {
    service: { name: 'old.company.com' },
    calls: 'DDD',
    waits: 30,
    status: 'FAILED',
    reason: 'the private DNS name of vpce-svc-1 is old.company.com, not api.company.com',
  },
  'no name': {
    service: { name: [undefined], states: [undefined] },
    calls: 'DDD',
    waits: 30,
    status: 'FAILED',
    reason: 'the private DNS name of vpce-svc-1 is not set, not api.company.com',
  },
  'a name that EC2 still has to know': {
    service: { name: ['old.company.com', 'api.company.com'] },
    calls: 'DD',
    waits: 15,
    status: 'SUCCESS',
  },
  'a start that is refused once': {
    service: { states: ['pendingVerification', 'failed', 'verified'], refusals: { Start: ['InvalidParameter'] } },
    calls: 'DSDSD',
    status: 'SUCCESS',
  },
  'a start that is refused each time': {
    config: { timeout: 60 }, // the SDK takes more than five minutes for a skewed clock
    service: { states: ['failed'], refusals: { Start: many(9, 'InvalidParameter') } },
    calls: 'DSDSDSDSD',
    status: 'FAILED',
    reason:
      /^api.company.com is failed after 60 s: .* in public DNS; the last start was refused: InvalidParameter: InvalidParameter of Start$/,
  },
  'a role that is not known yet': {
    service: {
      states: ['pendingVerification', 'pendingVerification', 'pendingVerification', 'verified'],
      refusals: { Describe: [denied, denied], Start: [denied] },
    },
    calls: 'DDDSSD',
    waits: 30,
    status: 'SUCCESS',
  },
  'a role that is never allowed': {
    service: { refusals: { Describe: many(200, denied) } },
    calls: 'DDDDDDD',
    waits: 30,
    status: 'FAILED',
    reason: 'UnauthorizedOperation of Describe',
  },
  'a service that does not exist': {
    service: { refusals: { Describe: ['InvalidVpcEndpointServiceId.NotFound'] } },
    calls: 'D',
    status: 'FAILED',
    reason: 'InvalidVpcEndpointServiceId.NotFound of Describe',
  },
  'an update with a new name': {
    request: request('Update', { name: 'new.company.com', physical: 'vpce-svc-1/api.company.com' }),
    service: { name: 'new.company.com', states: ['pendingVerification', 'verified'] },
    calls: 'DSD',
    status: 'SUCCESS',
    physical: 'vpce-svc-1/new.company.com',
  },
  'an update with a new token': {
    request: request('Update', { physical: 'vpce-svc-1/api.company.com', txt: ['_new', 'vpce:new'] }),
    service: { states: ['pendingVerification', 'verified'], record: ['_new', 'vpce:new'] },
    calls: 'DSD',
    status: 'SUCCESS',
  },
  'an update that fails keeps the ID of what it asked for': {
    request: request('Update', { name: 'new.company.com', physical: 'vpce-svc-1/api.company.com' }),
    service: { name: 'new.company.com', states: ['failed'] },
    calls: failedForTenMinutes,
    status: 'FAILED',
    physical: 'vpce-svc-1/new.company.com',
    reason: /^new.company.com is failed/,
  },
  'the rollback of that update': {
    request: request('Update', { physical: 'vpce-svc-1/new.company.com' }),
    service: { states: ['verified'] },
    calls: 'D',
    status: 'SUCCESS',
  },
  'a deletion': { request: request('Delete', { physical: 'vpce-svc-1/api.company.com' }), service: {}, calls: '', status: 'SUCCESS' },
  'the deletion of what a rollback leaves': {
    request: request('Delete', { name: 'new.company.com', physical: 'vpce-svc-1/new.company.com' }),
    service: { states: ['failed'] },
    calls: '',
    status: 'SUCCESS',
    physical: 'vpce-svc-1/new.company.com',
  },
  'the deletion of what never had an ID of ours': {
    request: request('Delete', { physical: '2026/11/29/[$LATEST]abc' }),
    service: {},
    calls: '',
    status: 'SUCCESS',
    physical: '2026/11/29/[$LATEST]abc',
  },
  'an answer that is refused twice': { service: {}, refusedAnswers: 2, calls: 'D', waits: 2, status: 'SUCCESS' },
  'a reason that is too long': {
    service: { record: ['_abc', '€'.repeat(3000)], states: ['failed'] },
    calls: failedForTenMinutes,
    status: 'FAILED',
    reason: /^api.company.com is failed/,
  },
};
