import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LambdaHost, type LambdaHostOptions, startLambdaHost } from '../../support/lambda-host/host.ts'

/** Functions in the form of a bundle. */
const modules: Readonly<Record<string, string>> = {
  'echo.mjs': `
    let invocations = 0
    export const handler = async (event, context) => ({
      event, invocations: ++invocations, functionName: context.functionName, memory: context.memoryLimitInMB,
      requestId: context.awsRequestId, hasTimeLeft: context.getRemainingTimeInMillis() > 0, clientContext: context.clientContext,
    })`,
  'environment.mjs': `export const handler = async () => ({ ...process.env })`,
  'throw.mjs': `
    class DeepError extends Error { name = 'DeepError' }
    export const handler = async () => { throw new DeepError('it went wrong') }`,
  'behave.mjs': `
    export const handler = async ({ how }) => {
      if (how === 'hang') await new Promise(fulfil => setInterval(fulfil, 1e9))
      if (how === 'spin') for (;;);
      if (how === 'exit') process.exit(3)
      if (how === 'exit quietly') process.exit(0)
      if (how === 'hoard') { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)) }
      if (how === 'reject astray') { void Promise.reject(new Error('astray')); await new Promise(fulfil => setTimeout(fulfil, 1e4)) }
      if (how === 'answer at length') return 'x'.repeat(6_291_556)
      if (how === 'answer in circles') { const circle = {}; circle.self = circle; return circle }
      if (how === 'answer nothing') return undefined
      return process.pid
    }`,
  'talk.mjs': `export const handler = async name => { console.log('hello', name); process.stderr.write('raw ' + name + '\\n') }`,
  'callback.mjs': `export const handler = (event, context, callback) => callback(null, event)`,
  'broken.mjs': `export const handler = async () => {`,
  'refuse.mjs': `throw new Error('no configuration')`,
  'stall.mjs': `await new Promise(fulfil => setInterval(fulfil, 1e9))`,
  'missing-import.mjs': `import 'left-pad-of-nowhere'; export const handler = async () => 1`,
}

let bundleDirectory: string
let hosts: LambdaHost[] = []

beforeAll(() => {
  bundleDirectory = mkdtempSync(join(tmpdir(), 'lambda-bundle-'))
  mkdirSync(join(bundleDirectory, 'things'))
  for (const [name, source] of Object.entries(modules)) writeFileSync(join(bundleDirectory, 'things', name), source)
})
afterEach(async () => {
  await Promise.all(hosts.map(host => host.close()))
  hosts = []
})
afterAll(() => rmSync(bundleDirectory, { recursive: true }))

const start = async (name: string, options: Partial<LambdaHostOptions> = {}): Promise<LambdaHost> => {
  const handler = `things/${name}`
  const host = await startLambdaHost({ bundleDirectory, handler, environment: {}, timeoutSeconds: 20, memoryMegabytes: 128, ...options })
  hosts.push(host)
  return host
}

describe('an invocation', () => {
  it('hands over the event and a context, and gives the answer back', async () => {
    const host = await start('echo.handler')
    const { payload, error } = await host.invoke({ text: 'ünï', list: [1, null] }, { clientContext: { custom: { from: 'a test' } } })
    expect(error).toBeUndefined()
    expect(payload).toMatchObject({
      event: { text: 'ünï', list: [1, null] },
      functionName: 'echo',
      memory: '128',
      hasTimeLeft: true,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientContext: { custom: { from: 'a test' } },
    })
  })

  it('reuses the process, one invocation at a time', async () => {
    const host = await start('echo.handler')
    const results = await Promise.all(['a', 'b', 'c'].map(event => host.invoke(event)))
    expect(results.map(({ payload }) => payload)).toMatchObject([
      { event: 'a', invocations: 1 },
      { event: 'b', invocations: 2 },
      { event: 'c', invocations: 3 },
    ])
  })

  it('has the environment of the function and of Lambda, but not that of this process', async () => {
    const host = await start('environment.handler', { environment: { DATABASE_NAME: 'nestegg' } })
    const { payload } = await host.invoke({})
    expect(payload).toMatchObject({
      DATABASE_NAME: 'nestegg',
      TZ: 'UTC',
      LAMBDA_TASK_ROOT: bundleDirectory,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    })
    expect(payload).not.toHaveProperty('VITEST')
  })

  it('answers null for nothing', async () => {
    const host = await start('behave.handler')
    expect(await host.invoke({ how: 'answer nothing' })).toMatchObject({ payload: null })
  })

  it('keeps what was logged during it', async () => {
    const host = await start('talk.handler')
    const first = await host.invoke('Ada')
    expect(first.logs).toMatch(/INFO\thello Ada\nraw Ada\n/)
    const second = await host.invoke('Grace')
    expect(second.logs).toMatch(/hello Grace/)
    expect(second.logs).not.toMatch(/Ada/)
  })
})

describe('a failure', () => {
  it('of the handler is its error, and the process stays', async () => {
    const host = await start('throw.handler')
    const { payload, error, logs } = await host.invoke({})
    expect(error).toMatchObject({
      errorType: 'DeepError',
      errorMessage: 'it went wrong',
      trace: expect.arrayContaining(['DeepError: it went wrong']),
    })
    expect(payload).toEqual(error)
    expect(logs).toMatch(/ERROR\tInvoke Error/)
  })

  it.each(['hang', 'spin'])('to answer by the deadline (%s) is a timeout, and the next invocation gets a fresh process', async how => {
    const host = await start('behave.handler', { timeoutSeconds: 1 })
    const { payload: before } = await host.invoke({})
    const { error } = await host.invoke({ how })
    expect(error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/),
    })
    const { payload: after } = await host.invoke({})
    expect(after).toEqual(expect.any(Number))
    expect(after).not.toBe(before)
  })

  it.each([
    ['exit', 'Runtime exited with error: exit status 3'],
    ['exit quietly', 'Runtime exited without providing a reason'],
    ['hoard', 'Runtime exited with error: signal: aborted'],
    ['reject astray', 'Runtime exited with error: exit status 1'],
  ])('of the process (%s) is an exit error, and the next invocation gets a fresh process', async (how, reason) => {
    const host = await start('behave.handler', { memoryMegabytes: 32 })
    const { error } = await host.invoke({ how })
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${reason}$`)),
    })
    expect((await host.invoke({})).error).toBeUndefined()
  })

  it.each([
    ['answer at length', 'Function.ResponseSizeTooLarge'],
    ['answer in circles', 'Runtime.JSONStringifyError'],
  ])('to %s is an error, and the process stays', async (how, errorType) => {
    const host = await start('behave.handler')
    const { payload: before } = await host.invoke({})
    expect((await host.invoke({ how })).error).toMatchObject({ errorType })
    expect((await host.invoke({})).payload).toBe(before)
  })

  it.each([
    ['absent.handler', 'Runtime.ImportModuleError', /Cannot find module 'absent'/],
    ['missing-import.handler', 'Error', /left-pad-of-nowhere/],
    ['broken.handler', 'Runtime.UserCodeSyntaxError', /Unexpected end of input/],
    ['refuse.handler', 'Error', /no configuration/],
    ['echo.other', 'Runtime.HandlerNotFound', /things\/echo.other is undefined or not exported/],
    ['callback.handler', 'Runtime.CallbackHandlerDeprecated', /has removed support for callback-based function handlers/],
  ])('to start %s is %s, again at every invocation', async (handler, errorType, errorMessage) => {
    const host = await start(handler)
    for (const _ of [1, 2]) {
      expect((await host.invoke({})).error).toMatchObject({ errorType, errorMessage: expect.stringMatching(errorMessage) })
    }
  })

  it('to find the bundle is an exit error', async () => {
    const host = await start('echo.handler', { bundleDirectory: join(bundleDirectory, 'nowhere') })
    expect((await host.invoke({})).error).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('could not be started'),
    })
  })

  it('to load in time is a timeout', async () => {
    const host = await start('stall.handler', { initTimeoutSeconds: 1 })
    expect((await host.invoke({})).error).toMatchObject({ errorType: 'Sandbox.Timedout' })
  })
})
