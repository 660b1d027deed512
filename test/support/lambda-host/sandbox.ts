import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { basename } from 'node:path'

const require = createRequire(import.meta.url)

export interface SandboxOptions {
  /** The folder that Lambda unpacks under /var/task. */
  readonly bundleDirectory: string
  /** In the form of the function's configuration: `identity/get-me.handler`. */
  readonly handler: string
  /** The function's own variables; nothing is inherited from this process. */
  readonly environment: Readonly<Record<string, string>>
  readonly memoryMegabytes: number
}

/** How a sandbox's process ended, in the form of Lambda's `Runtime.ExitError`. */
type ExitReason = string

export interface Sandbox {
  readonly exited: Promise<ExitReason>
  /** Ends the process at once, as Lambda does at the deadline. */
  kill(): Promise<ExitReason>
}

/** The variables that Lambda sets itself ("Defined runtime environment variables", Lambda developer guide). */
const reservedVariables = ({ bundleDirectory, handler, memoryMegabytes }: SandboxOptions, runtimeApi: string) => {
  const functionName = basename(handler).replace(/\..*$/, '')
  return {
    PATH: process.env['PATH'],
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '[$LATEST]test',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: bundleDirectory,
    _HANDLER: handler,
  }
}

const signalWords: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGTERM: 'terminated',
  SIGSEGV: 'segmentation fault',
}

const reasonOf = async (child: ChildProcess): Promise<ExitReason> => {
  try {
    await once(child, 'exit')
  } catch (error) {
    return `Runtime could not be started: ${error instanceof Error ? error.message : String(error)}`
  }
  const { exitCode, signalCode } = child
  if (signalCode) return `Runtime exited with error: signal: ${signalWords[signalCode] ?? signalCode}`
  return exitCode === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${exitCode}`
}

/**
 * Starts a process that serves a function under AWS's own runtime client, the one inside Lambda's Node.js runtime.
 * @param runtimeApi host and port of the Runtime API that gives it invocations.
 * @param logFile file descriptor of its output. All output is written before the answer is sent.
 */
export const startSandbox = (options: SandboxOptions, runtimeApi: string, logFile: number): Sandbox => {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${options.memoryMegabytes}`, '--import', require.resolve('./preload.ts'), require.resolve('aws-lambda-ric')],
    {
      cwd: options.bundleDirectory,
      env: { ...options.environment, ...reservedVariables(options, runtimeApi) },
      stdio: ['ignore', logFile, logFile],
    },
  )
  const exited = reasonOf(child)
  return {
    exited,
    kill: () => {
      child.kill('SIGKILL')
      return exited
    },
  }
}
