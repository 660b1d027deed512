import { request as send } from 'node:http'
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data'
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownOrigins } from '../../local/listener.ts'
import { makeCredentials } from '../../local/signatures.ts'
import { startTestPlatform, type TestPlatform } from '../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

const addresses: Readonly<Record<string, () => string>> = {
  'the gateway': () => `${platform.services.url}/health`,
  'the user pool': () => platform.services.userPool.endpoint,
  'the keys of the user pool': () => platform.services.userPool.jwksUri,
  'the Data API': () => `${platform.services.dataApi.endpoint}/Execute`,
  'Step Functions': () => platform.services.stepFunctions.endpoint,
  SES: () => process.env['MAIL_ENDPOINT']!,
}

const status = (address: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = send(address, { headers }, response => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('error', reject).end()
  })

describe.each(Object.entries(addresses))('%s', (_, address) => {
  test('refuses a foreign host and a foreign origin', async () => {
    expect(await status(address(), { host: `rebound.example:${new URL(address()).port}` })).toBe(421)
    expect(await status(address(), { origin: 'http://rebound.example' })).toBe(403)
  })
})

test('the port of HTTP is left out, as clients leave it out', () => {
  expect(ownOrigins(80)).toEqual(['http://127.0.0.1', 'http://localhost'])
  expect(ownOrigins(3000)).toEqual(['http://127.0.0.1:3000', 'http://localhost:3000'])
})

describe('credentials of another start', () => {
  const settings = (endpoint: string) => ({ endpoint, region: 'us-east-1', credentials: makeCredentials(), maxAttempts: 1 })
  const call: Readonly<Record<string, () => Promise<unknown>>> = {
    'the user pool': () => {
      const { endpoint, poolId } = platform.services.userPool
      const command = new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ann@example.com' })
      return new CognitoIdentityProviderClient(settings(endpoint)).send(command)
    },
    'the Data API': () => {
      const command = new ExecuteStatementCommand({ resourceArn: 'arn:aws:rds', secretArn: 'arn:aws:secretsmanager', sql: 'select 1' })
      return new RDSDataClient(settings(platform.services.dataApi.endpoint)).send(command)
    },
    'Step Functions': () => {
      const { endpoint, stateMachineArn } = platform.services.stepFunctions
      return new SFNClient(settings(endpoint)).send(new StartExecutionCommand({ stateMachineArn, name: 'run', input: '{}' }))
    },
    SES: () => {
      const Content = { Simple: { Subject: { Data: 'a' }, Body: { Text: { Data: 'b' } } } }
      return new SESv2Client(settings(process.env['MAIL_ENDPOINT']!)).send(new SendEmailCommand({ Content }))
    },
  }
  test.each(Object.keys(call))('are refused by %s', async name => {
    await expect(call[name]!()).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
  })
})
