'use strict';

const http = require('node:http');

/** A refusal of the API, as EC2 answers it. */
class Refusal {
  constructor(code, message = code, status = 400) {
    Object.assign(this, { code, message, status });
  }
}

/**
 * Starts an EC2 API that answers what `answers` says, and points the SDK to it until the test ends.
 * `answers` has a function per action: it takes the parameters of a request, and returns the members of the response or a Refusal.
 * The result is the list of requests, each with its Action.
 */
async function startEc2(t, answers) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    requests.push(parameters);
    const answer = answers[parameters.Action]?.(parameters) ?? new Refusal('InvalidAction', `no answer for ${parameters.Action}`);
    const refused = answer instanceof Refusal;
    response.writeHead(refused ? answer.status : 200, { 'content-type': 'text/xml' });
    response.end(refused ? refusalXml(answer) : `<${parameters.Action}Response>${xml(answer)}</${parameters.Action}Response>`);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_EC2: `http://127.0.0.1:${server.address().port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  t.after(() => {
    delete process.env.AWS_ENDPOINT_URL_EC2;
    server.closeAllConnections();
    server.close();
  });
  return requests;
}

/** The members of an object as XML; EC2 writes each element of a list as an item. */
function xml(value) {
  if (Array.isArray(value)) return value.map((item) => `<item>${xml(item)}</item>`).join('');
  if (typeof value !== 'object') return String(value).replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
    .join('');
}

function refusalXml({ code, message }) {
  return `<Response><Errors><Error>${xml({ Code: code, Message: message })}</Error></Errors><RequestID>test</RequestID></Response>`;
}

/** The list in parameters such as VpcEndpointId.1, VpcEndpointId.2. */
function listOf(parameters, name) {
  const found = [];
  for (let n = 1; parameters[`${name}.${n}`] !== undefined; n++) found.push(parameters[`${name}.${n}`]);
  return found;
}

module.exports = { Refusal, startEc2, listOf };
