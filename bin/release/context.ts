import { InvalidArgumentError } from 'commander'
import { type EnvironmentSettings, environmentNames } from '../../lib/environments.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import type { Terminal } from '../admin/terminal.ts'

/** The exit codes of the commands. Those of the CDK's own program are passed on. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, refused: 3, unknown: 4 } as const

export interface Synthesis {
  /** The folder that the CDK's own program deploys from. */
  readonly folder: string
  /** The number of unacknowledged findings of the validators, which have printed them. */
  readonly findings: number
  /** The text of each template, by the name of its stack. Empty if there are findings. */
  readonly templates: ReadonlyMap<string, string>
  /** The oldest version of the CDK's stack in the account (`CDKToolkit`) that can deploy the templates. */
  readonly bootstrapVersion: number
}

/** What the commands reach outside their own code. Tests give their own. */
export interface Tools {
  readonly terminal: Omit<Terminal, 'ask'>
  /** @throws {InvalidDeployment} if `deployment.json` is not valid. */
  readonly readSettings: (environment: EnvironmentName) => EnvironmentSettings
  readonly synthesize: (settings: EnvironmentSettings) => Promise<Synthesis>
  /** Runs the program of the CDK on the terminal of this one, and returns its exit code. */
  readonly cdk: (argv: readonly string[]) => Promise<number>
  /** Asks for yes or no. Undefined if nobody can answer. */
  readonly ask: (question: string) => Promise<boolean | undefined>
}

/** Reasons not to continue. Each says what is wrong and what to do. */
export type Refusals = readonly string[]

/** The name of an environment, as the argument of a command. */
export const environmentArgument = (text: string): EnvironmentName => {
  const known = environmentNames.find(name => name === text)
  if (known === undefined) throw new InvalidArgumentError(`It must be one of ${environmentNames.join(', ')}.`)
  return known
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error))
