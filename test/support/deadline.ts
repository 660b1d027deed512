import type { Reporter, TestModule, Vitest } from 'vitest/node'

const MINUTES = 10

/**
 * Ends a run when a test file does not end. No timeout of a test or hook ends a loop that never yields, or a wait for another process.
 * The run fails and names the file.
 */
export default class Deadline implements Reporter {
  readonly #deadlines = new Map<string, NodeJS.Timeout>()
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestModuleStart({ moduleId }: TestModule): void {
    const end = (): void => void this.#end(moduleId)
    this.#deadlines.set(moduleId, setTimeout(end, MINUTES * 60_000).unref())
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    clearTimeout(this.#deadlines.get(moduleId))
  }

  async #end(moduleId: string): Promise<void> {
    this.#vitest?.state.catchError(new Error(`${moduleId} has not ended within ${MINUTES} minutes`), 'Deadline')
    void this.#vitest?.cancelCurrentRun('test-failure')
    // The first call requests the end of a file between two tests, the second ends its process.
    await this.#vitest?.cancelCurrentRun('test-failure')
  }
}
