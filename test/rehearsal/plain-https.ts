import http from 'node:http'
import https from 'node:https'

/**
 * Loaded before CDK's provider functions: their answers to CloudFormation, which always use TLS, go to the stand-in at this port. The
 * request keeps the name of the real host.
 */
const port = process.env['CLOUDFORMATION_PORT']

https.request = ((options: https.RequestOptions, answered?: (response: http.IncomingMessage) => void) =>
  http.request(
    {
      ...options,
      protocol: 'http:',
      hostname: '127.0.0.1',
      port,
      headers: { ...(options.headers as http.OutgoingHttpHeaders), host: options.hostname ?? '' },
    },
    answered,
  )) as typeof https.request
