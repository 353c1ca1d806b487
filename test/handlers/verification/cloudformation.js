'use strict';

const http = require('node:http');

/**
 * Starts what the presigned URL of a custom resource leads to. It refuses the first `refusals` requests, and keeps what the others put.
 * The result has the URL, and what arrived: method, content type and body of each request.
 */
async function startCloudFormation(t, refusals = 0) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    requests.push({ method, type: headers['content-type'], length: headers['content-length'], body: Buffer.concat(chunks) });
    response.writeHead(requests.length <= refusals ? 503 : 200);
    response.end();
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/answer?signature=abc`, requests };
}

module.exports = { startCloudFormation };
