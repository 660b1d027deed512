import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type JourneyOptions, takeJourney } from '../../../bin/smoke/journey.ts'
import { runSmoke } from '../../../bin/smoke/program.ts'
import { stepRunner } from '../../../bin/smoke/steps.ts'
import { throwAwayUser } from '../../../bin/smoke/users.ts'
import { clientSettings } from '../../../lambdas/runtime/client-settings.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { temporaryFolder } from '../../lib/temporary-folder.ts'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'
import { runProgram } from '../../support/run-program.ts'

let platform: TestPlatform
let pool: CognitoIdentityProviderClient
beforeAll(async () => {
  platform = await startTestPlatform()
  pool = new CognitoIdentityProviderClient(clientSettings(platform.services.userPool.endpoint))
})
afterAll(() => platform.close())

const usersInPool = async () => {
  const { Users = [] } = await pool.send(new ListUsersCommand({ UserPoolId: platform.services.userPool.poolId }))
  return Users.length
}

/** Tests the platform as a throw-away user. */
const journey = async (changes: Partial<JourneyOptions> = {}) => {
  let written = ''
  const runner = stepRunner({ out: text => void (written += text) })
  const user = throwAwayUser(pool, platform.services.userPool.poolId)
  await takeJourney(runner, { url: platform.services.url, user, wakeSeconds: 0, ...changes })
  return {
    failures: runner.failures(),
    lines: written
      .trimEnd()
      .split('\n')
      .map(line => line.replace(/(?: +[\d.]+ s| +-) +/, ' ')),
    written,
  }
}

/** Changes the answers of the API to one kind of request. */
const breakAnswers = (method: string, path: RegExp, change: (answer: Record<string, unknown>) => Record<string, unknown>, status = 200) => {
  const real = globalThis.fetch
  onTestFinished(() => void vi.unstubAllGlobals())
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const answer = await real(url, init)
    if ((init.method ?? 'GET') !== method || !path.test(url)) return answer
    const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>
    return Response.json(change(body), { status })
  })
}

describe('a platform that works', () => {
  it('passes every step, each with its time, and keeps no user', async () => {
    const before = await usersInPool()
    const { failures, lines, written } = await journey()
    expect(lines).toEqual([
      'ok The platform is healthy',
      'ok Create a user',
      'ok Sign in',
      'ok Have a household',
      'ok Have a plan',
      'ok Simulate the plan',
      'ok Get the same result again',
      'ok Verify the run',
      'ok Simulate 20000 paths in parts',
      'skipped Start a scheduled job: it needs an environment, and credentials of its account',
      'ok Delete the account',
      'ok Leave no user behind',
    ])
    expect(written).toMatch(/^ok +\d+\.\d\d s {2}The platform/)
    expect(failures).toBe(0)
    expect(await usersInPool()).toBe(before)
  }, 120_000)

  it('is used by an existing user, who stays and gets one household and one plan only', async () => {
    const user = await platform.newUser()
    const passwordFile = join(temporaryFolder(), 'password')
    writeFileSync(passwordFile, `${user.password}\n`)
    const program = () =>
      runProgram(process.execPath, ['bin/smoke.ts', `${platform.services.url}/`, '--user', user.email, '--password-file', passwordFile])
    for (const ended of [await program(), await program()]) {
      expect(ended.stderr).toBe('')
      expect(ended.stdout).toContain(`Use ${user.email}`)
      expect(ended.status).toBe(0)
    }
    for (const path of ['/v1/identity/households', '/v1/planning/plans'])
      expect((await user.request('GET', path)).body.items).toMatchObject([{ name: 'Smoke test' }])
  }, 120_000)
})

describe('a platform that is broken', () => {
  it.each([
    ['Sign in', 'POST', /sessions$/, (answer: object) => ({ ...answer, tokens: null }), 'asks for more than a password'],
    ['Have a household', 'POST', /households$/, () => ({ title: 'Internal error' }), 'answered 500', 500],
    [
      'Simulate the plan',
      'POST',
      /\/runs$/,
      (answer: object) => ({ ...answer, status: 'failed', error: 'no model' }),
      'is failed: no model',
    ],
    [
      'Get the same result again',
      'POST',
      /\/runs$/,
      (answer: object) => ({ ...answer, outputHash: Math.random().toString() }),
      'different results',
    ],
    ['Verify the run', 'POST', /verify$/, (answer: object) => ({ ...answer, matched: false, differences: ['result'] }), 'stored: result'],
    [
      'Simulate 20000 paths in parts',
      'GET',
      /runs\/[^/]+$/,
      (answer: object) => ({ ...answer, status: 'running' }),
      'still (queued|running) after 0.5 s',
    ],
  ] as const)('fails at the step "%s", tries no other, and cleans up', async (step, method, path, change, text, status?: number) => {
    const before = await usersInPool()
    breakAnswers(method, path, change, status ?? 200)
    const { failures, lines } = await journey({ largeRunSeconds: 0.5 })
    // Nobody was signed in who could delete the account.
    const cleaning = [...(step === 'Sign in' ? [] : ['ok Delete the account']), 'ok Leave no user behind']
    expect(lines.slice(-1 - cleaning.length)).toEqual([expect.stringMatching(new RegExp(`^FAILED ${step}: .*${text}`)), ...cleaning])
    expect(failures).toBe(1)
    expect(await usersInPool()).toBe(before)
  })

  it('fails if everybody can go past the front, and makes no user', async () => {
    const before = await usersInPool()
    const { failures, lines } = await journey({ closedUrl: platform.services.url })
    expect(lines).toEqual([
      'ok The platform is healthy',
      expect.stringMatching(/^FAILED Only the front reaches the API: .*\/health answered 200\. Everybody can go past the front\.$/),
    ])
    expect(failures).toBe(1)
    expect(await usersInPool()).toBe(before)
  })

  it('fails at once if nothing answers, and makes no user', async () => {
    const before = await usersInPool()
    const { failures, lines } = await journey({ url: 'http://127.0.0.1:9' })
    expect(lines).toEqual([expect.stringMatching(/^FAILED The platform is healthy: /)])
    expect(failures).toBe(1)
    expect(await usersInPool()).toBe(before)
  })

  it('leaves no user in the pool if the account cannot be deleted', async () => {
    const before = await usersInPool()
    breakAnswers('POST', /deletions$/, () => ({ title: 'Internal error' }), 500)
    const { failures, lines } = await journey()
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/^FAILED Delete the account: /), 'ok Leave no user behind'])
    expect(failures).toBe(1)
    expect(await usersInPool()).toBe(before)
  })
})

describe('the command', () => {
  const smoke = async (...argv: string[]) => {
    const written = { out: '', error: '' }
    const terminal = {
      out: (text: string) => void (written.out += text),
      error: (text: string) => void (written.error += text),
      progress: <Result>(_: string, work: (update: () => void) => Promise<Result>) => work(() => undefined),
    }
    return { code: await runSmoke(argv, { terminal, readSettings: environmentSettings }), ...written }
  }

  it.each([
    [['production'], 'must be an address that begins with https://'],
    [['https://api.example'], 'Give --user with --password-file'],
    [['https://api.example', '--user', 'a@b.example'], 'Give --user with --password-file'],
    [['dev', '--environment', 'test'], 'It must be one of dev, staging, prod.'],
  ])('refuses %j as wrong usage', async (argv, text) => {
    const { code, error } = await smoke(...argv)
    expect(error).toContain(text)
    expect(code).toBe(2)
  })

  it('takes the address and the user pool of an environment from its stacks', async () => {
    const cloudFormation = mockClient(CloudFormationClient)
    onTestFinished(() => cloudFormation.restore())
    const stack = (name: string, OutputKey: string, OutputValue: string) => ({
      StackName: `nestegg-dev-${name}`,
      StackStatus: 'UPDATE_COMPLETE' as const,
      CreationTime: new Date(0),
      Outputs: [{ OutputKey, OutputValue }],
    })
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [stack('identity', 'UserPoolId', 'us-east-2_abc')] })
    expect(await smoke('dev')).toMatchObject({
      code: 1,
      error: expect.stringContaining('The stack nestegg-dev-front-plain with the output Url'),
    })
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        stack('identity', 'UserPoolId', 'us-east-2_abc'),
        stack('front-plain', 'Url', platform.services.url),
        stack('operations', 'TriedJobFunction', 'make-partitions'),
      ],
    })
    const cognito = mockClient(CognitoIdentityProviderClient)
    onTestFinished(() => cognito.restore())
    cognito.rejects(new Error('not authorized'))
    const { code, out } = await smoke('dev')
    expect(out).toContain(`Testing ${platform.services.url}\n`)
    expect(out).toMatch(/FAILED .* Create a user: not authorized/)
    expect(cognito.calls()[0]?.args[0].input).toMatchObject({ UserPoolId: 'us-east-2_abc', MessageAction: 'SUPPRESS' })
    expect(code).toBe(1)
  })

  it('checks that only the front reaches the API of an environment that has one', async () => {
    const cloudFormation = mockClient(CloudFormationClient)
    onTestFinished(() => cloudFormation.restore())
    const stack = (name: string, Outputs: object[]) => ({
      StackName: `nestegg-prod-${name}`,
      StackStatus: 'UPDATE_COMPLETE' as const,
      CreationTime: new Date(0),
      Outputs,
    })
    const closed = `${platform.services.url}/closed`
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        stack('identity', [{ OutputKey: 'UserPoolId', OutputValue: 'us-east-2_abc' }]),
        stack('front', [{ OutputKey: 'Url', OutputValue: platform.services.url }]),
        stack('api', [{ OutputKey: 'DirectUrl', OutputValue: closed }]),
        stack('operations', [{ OutputKey: 'TriedJobFunction', OutputValue: 'make-partitions' }]),
      ],
    })
    const cognito = mockClient(CognitoIdentityProviderClient)
    onTestFinished(() => cognito.restore())
    cognito.rejects(new Error('not authorized'))
    const { out } = await smoke('prod')
    // The gateway of a laptop has no such path, as API Gateway has no path at a closed address.
    expect(out).toMatch(/ok .* Only the front reaches the API\n/)
    expect(out).toMatch(/FAILED .* Create a user: not authorized/)
  })
})
