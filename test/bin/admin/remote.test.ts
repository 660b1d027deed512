import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runRemotely } from '../../../bin/admin/remote.ts'
import { readDeployments } from '../../../lib/deployment.ts'
import { temporaryFolder } from '../../lib/temporary-folder.ts'
import { type FakeAws, startFakeAws } from './fake-aws.ts'
import { admin } from './run.ts'

const { account, region } = readDeployments().prod
let aws: FakeAws
beforeEach(async () => {
  aws = await startFakeAws(account, ['nestegg-prod-operations'])
  aws.answers = [{ status: 200, body: { exitCode: 0, output: 'done\n' } }]
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await aws.close()
})

const inProd = (...argv: string[]) => admin('--environment', 'prod', ...argv)

describe('a command in AWS', () => {
  it('is sent to the URL of the stack, signed by a session of the role that is named after the caller', async () => {
    expect(await inProd('users', 'set-role', 'someone@nestegg.example', 'admin')).toEqual({ code: 0, out: 'done\n', error: '' })
    expect(aws.requests).toEqual([
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        command: 'users set-role',
        arguments: { email: 'someone@nestegg.example', role: 'admin' },
      },
    ])
    expect(Object.fromEntries(aws.assumed[0]!)).toMatchObject({
      RoleArn: `arn:aws:iam::${account}:role/nestegg-prod-operator`,
      RoleSessionName: 'operator-1',
    })
    expect(aws.assumed[0]!.has('SerialNumber')).toBe(false)
  })

  it('asks for the code of the MFA device that is given', async () => {
    const serial = 'arn:aws:iam::123456789012:mfa/operator-1'
    expect(await inProd('--mfa-serial', serial, 'db', 'status')).toMatchObject({ code: 0 })
    expect(Object.fromEntries(aws.assumed[0]!)).toMatchObject({ SerialNumber: serial, TokenCode: `answer to Code of ${serial}` })
  })

  it('takes the environment after the command too, and sends the arguments with their defaults', async () => {
    await admin('db', 'rollback', '2', '--snapshot', 'before-it', '--environment', 'prod')
    await inProd('operations', 'list-commands')
    expect(aws.requests.map(request => [request['command'], request['arguments']])).toEqual([
      ['db rollback', { steps: 2, snapshot: 'before-it', withoutSnapshot: false }],
      ['operations list-commands', { limit: 20, json: false }],
    ])
  })

  it('sends the text of a file of returns', async () => {
    const file = join(temporaryFolder(), 'returns.csv')
    writeFileSync(file, 'year,a\n2000,0.1\n')
    await inProd('market', 'import-returns', file)
    expect(aws.requests[0]!['arguments']).toEqual({ name: 'returns', source: 'returns.csv', csv: 'year,a\n2000,0.1\n' })
    writeFileSync(file, 'year,a\n2000,nine\n')
    expect(await inProd('market', 'import-returns', file)).toMatchObject({
      code: 1,
      error: expect.stringContaining('"nine" is not a number'),
    })
    writeFileSync(file, `year,a\n${'2000,0.1\n'.repeat(110_000)}`)
    expect(await inProd('market', 'import-returns', file)).toMatchObject({ code: 1, error: expect.stringContaining('may have 900000') })
    expect(aws.requests).toHaveLength(1)
  })

  it('gives the output and the exit code of the function', async () => {
    aws.answers = [{ status: 200, body: { exitCode: 3, output: 'pending  0001\n' } }]
    expect(await inProd('db', 'status')).toEqual({ code: 3, out: 'pending  0001\n', error: '' })
    aws.answers = [{ status: 200, body: { exitCode: 1, output: 'begun\n', error: 'It failed.' } }]
    expect(await inProd('db', 'status')).toEqual({ code: 1, out: 'begun\n', error: 'It failed.\n' })
  })

  it('that the function refuses is explained by field', async () => {
    const problem = {
      title: 'Invalid request',
      status: 400,
      detail: '1 field',
      errors: [{ path: 'body.arguments.json', message: 'is unknown' }],
    }
    aws.answers = [{ status: 400, body: problem }]
    expect(await inProd('db', 'status')).toEqual({ code: 2, out: '', error: 'error: json: is unknown\n' })
    aws.answers = [{ status: 403, body: { status: 403, detail: 'You are no operator.' } }]
    expect(await inProd('db', 'status')).toEqual({ code: 1, out: '', error: 'error: You are no operator.\n' })
  })

  it('that IAM refuses, or that has no stack, fails with the reason', async () => {
    aws.answers = [{ status: 403, body: { Message: 'Forbidden' } }]
    expect(await inProd('db', 'status')).toMatchObject({ code: 1, error: 'The function was not reached: 403 {"Message":"Forbidden"}\n' })
  })

  it('needs a deployed environment, and credentials of its account', async () => {
    await aws.close()
    aws = await startFakeAws(account, [])
    expect(await inProd('db', 'status')).toMatchObject({
      code: 1,
      error: `There is no stack nestegg-prod-operations in ${region}: deploy prod first.\n`,
    })
    expect(await admin('--environment', 'dev', 'db', 'status')).toMatchObject({
      code: 1,
      error: expect.stringContaining(`You are arn:aws:iam::${account}:user/operator-1, but dev is in the account`),
    })
    expect(await admin('--environment', 'moon', 'db', 'status')).toMatchObject({
      code: 2,
      error: expect.stringContaining('dev, staging, prod'),
    })
  })
})

describe('a function that cannot answer yet', () => {
  const written = { out: '', error: '' }
  beforeEach(() => void Object.assign(written, { out: '', error: '' }))
  const terminal = {
    out: (text: string) => void (written.out += text),
    error: (text: string) => void (written.error += text),
    progress: <Result>(_: string, work: (update: () => void) => Promise<Result>) => work(() => undefined),
    ask: async () => '',
  }
  const attempt = (budgetMilliseconds: number) =>
    runRemotely({ command: 'db status', arguments: {} }, { environment: 'prod', mfaSerial: undefined }, terminal, {
      budgetMilliseconds,
      pauseMilliseconds: 1,
    })
  const pending = { Message: 'The function is currently in the following state: Pending' }

  it('is called again with the same request, and the operator reads why', async () => {
    aws.answers = [
      { status: 409, body: pending },
      { status: 502, body: 'Bad gateway' },
      { status: 200, body: { exitCode: 0, output: 'done\n' } },
    ]
    expect(await attempt(60_000)).toBe(0)
    expect(written).toEqual({ out: 'done\n', error: expect.stringContaining('state: Pending') })
    expect(written.error.match(/Trying again/g)).toHaveLength(1)
    expect(new Set(aws.requests.map(request => request['requestId'])).size).toBe(1)
    expect(aws.requests).toHaveLength(3)
  })

  it('is given up when the time is over', async () => {
    aws.answers = [{ status: 502, body: pending }]
    await expect(attempt(20)).rejects.toThrow(/^The function did not answer in time\. Its last answer: 502 .*Pending/)
  })
})

describe('a command that makes no sense in AWS', () => {
  it.each([
    [['db', 'create', 'add_lots'], 'it makes files in this folder'],
    [['db', 'migrate'], 'a deployment takes a snapshot and applies the migrations'],
    [['market', 'ingest', 'bars.csv'], 'put the bars as a file into the bucket'],
    [['market', 'fetch', 'MSFT'], 'put the bars as a file into the bucket'],
    [['db', 'status', '--data', 'elsewhere'], 'leave out --data and --url-file'],
    [['db', 'status', '--url-file', 'prod.url'], 'leave out --data and --url-file'],
  ])('%j is refused as wrong usage', async (argv, text) => {
    const { code, error } = await inProd(...argv)
    expect(error).toContain(text)
    expect(code).toBe(2)
    expect(aws.requests).toEqual([])
  })

  it('refuses an MFA device without an environment', async () => {
    expect(await admin('--mfa-serial', 'arn', 'db', 'status')).toMatchObject({
      code: 2,
      error: expect.stringContaining('needs --environment'),
    })
  })
})
