import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { vi } from 'vitest'
import { makeCredentials, signatureCheck } from '../../../local/signatures.ts'

interface FunctionAnswer {
  readonly status: number
  readonly body: unknown
}

export interface FakeAws {
  /** What the URL of the function answers next; the last answer is repeated. */
  answers: FunctionAnswer[]
  /** The parsed bodies of the requests to the URL of the function. */
  readonly requests: Record<string, unknown>[]
  /** The parameters of each AssumeRole. */
  readonly assumed: URLSearchParams[]
  close: () => Promise<void>
}

const inXml = (action: string, result: string) =>
  `<${action}Response xmlns="https://example.com/"><${action}Result>${result}</${action}Result></${action}Response>`

const databaseOutputs = {
  ClusterIdentifier: 'nestegg-prod-database-cluster-1',
  SubnetGroup: 'subnets-1',
  SecurityGroup: 'sg-0123456789abcdef0',
  ParameterGroup: 'parameters-1',
  KeyArn: 'arn:aws:kms:us-east-2:333333333333:key/01900000-0000-4000-8000-000000000000',
}

/**
 * A server with the protocols of CloudFormation, STS and the URL of a function, for the clients of this process. It checks all signatures: those
 * for the URL must be made with the credentials of the assumed role.
 */
export const startFakeAws = async (account: string, stacks: readonly string[]): Promise<FakeAws> => {
  const [user, session] = [makeCredentials(), makeCredentials()]
  const checks = {
    cloudformation: signatureCheck(user, 'cloudformation'),
    sts: signatureCheck(user, 'sts'),
    lambda: signatureCheck(session, 'lambda'),
  }
  const fake: FakeAws = { answers: [], requests: [], assumed: [], close: async () => undefined }
  let origin = ''

  const describeStacks = (name: string): [number, string] => {
    if (!stacks.includes(name))
      return [
        400,
        `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
      ]
    const outputs = name.endsWith('-database')
      ? databaseOutputs
      : {
          SealingFunction: 'nestegg-prod-sealing-1',
          OperatorUrl: `${origin}/function/`,
          OperatorRoleArn: `arn:aws:iam::${account}:role/nestegg-prod-operator`,
        }
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    return [
      200,
      inXml('DescribeStacks', `<Stacks><member><StackName>${name}</StackName><Outputs>${members.join('')}</Outputs></member></Stacks>`),
    ]
  }
  const assumeRole = (form: URLSearchParams): [number, string] => {
    fake.assumed.push(form)
    const { accessKeyId, secretAccessKey } = session
    return [
      200,
      inXml(
        'AssumeRole',
        `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>a token</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials>`,
      ),
    ]
  }
  const callFunction = (message: IncomingMessage, body: string): [number, string] => {
    if (message.headers['x-amz-security-token'] !== 'a token') return [403, '{"Message":"Forbidden"}']
    fake.requests.push(JSON.parse(body) as Record<string, unknown>)
    const answer = fake.answers.length > 1 ? fake.answers.shift() : fake.answers[0]
    return [answer!.status, typeof answer!.body === 'string' ? answer!.body : JSON.stringify(answer!.body)]
  }

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readText(message)
    const form = new URLSearchParams(body)
    const action = form.get('Action')
    const isFunction = message.url === '/function/'
    await checks[isFunction ? 'lambda' : action === 'DescribeStacks' ? 'cloudformation' : 'sts'](message)(Buffer.from(body))
    const [status, answer] = isFunction
      ? callFunction(message, body)
      : action === 'DescribeStacks'
        ? describeStacks(form.get('StackName') ?? '')
        : action === 'AssumeRole'
          ? assumeRole(form)
          : [200, inXml('GetCallerIdentity', `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/operator-1</Arn>`)]
    response.writeHead(status, { 'content-type': isFunction ? 'application/json' : 'text/xml' }).end(answer)
  }
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => response.writeHead(403).end(String(error)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`
  fake.close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  const variables = {
    AWS_ACCESS_KEY_ID: user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: origin,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return fake
}
