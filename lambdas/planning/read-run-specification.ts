import type { FunctionCaller } from '../../db/data-api.ts'
import { runHash, type Specification } from '../../domain/planning/index.ts'
import { readInParts } from '../runtime/database-functions.ts'
import type { TaskRequest } from '../runtime/run-task.ts'

/** The specification of a large run. Throws when it does not match its hash. */
export const readRunSpecification = async (
  functions: FunctionCaller,
  run: { readonly userId: string; readonly runId: string; readonly request: TaskRequest & { readonly [name: string]: string } },
  inputHash: string,
): Promise<Specification> => {
  const specification = (await readInParts(functions, 'planning.read_run_specification', run)) as Specification
  if (runHash(specification) !== inputHash) throw new Error(`The specification of the run ${run.runId} does not match its hash.`)
  return specification
}
