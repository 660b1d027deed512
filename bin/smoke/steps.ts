import { performance } from 'node:perf_hooks'
import { ApiProblem } from '../../web/client/problem.ts'
import type { Terminal } from '../admin/terminal.ts'

/** The reason of a failure. A refusal of the API has the request, under which the log says more. */
const reasonOf = (error: unknown): string => {
  if (error instanceof ApiProblem)
    return `the API answered ${error.status} ${error.code}: ${error.message} Request ${error.problem.requestId ?? 'unknown'}.`
  return error instanceof Error ? error.message : String(error)
}

/** Runs the steps of a test one after another, and prints a line for each with its time. */
export const stepRunner = (terminal: Pick<Terminal, 'out'>) => {
  let failures = 0
  const line = (state: string, seconds: number | undefined, text: string) =>
    terminal.out(`${state.padEnd(7)}  ${seconds === undefined ? '       -' : `${seconds.toFixed(2).padStart(6)} s`}  ${text}\n`)
  return {
    /** @throws whatever the step throws, after its line. */
    step: async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      const startedAt = performance.now()
      const seconds = () => (performance.now() - startedAt) / 1_000
      try {
        const result = await work()
        line('ok', seconds(), name)
        return result
      } catch (error) {
        failures += 1
        line('FAILED', seconds(), `${name}: ${reasonOf(error)}`)
        throw error
      }
    },
    skip: (name: string, reason: string): void => line('skipped', undefined, `${name}: ${reason}`),
    failures: (): number => failures,
  }
}

export type StepRunner = ReturnType<typeof stepRunner>
