import { validate, type Validation } from '../../db/maintenance/validate.ts'
import { dataChecks } from '../../db/schema/data-checks.ts'
import type { CommandContext } from '../runtime/command.ts'

/** How many bad rows of a check are named; their number is always given. */
const namedRows = 20

export const validateData = (
  { hasTime, location, progress, request }: Pick<CommandContext, 'hasTime' | 'location' | 'progress' | 'request'>,
  repairs: boolean,
): Promise<Validation> => validate(location, { checks: dataChecks, repairs, request, named: namedRows, hasTime, progress })

/** Whether each check ran and holds. */
export const isValid = ({ notRun, results }: Validation): boolean =>
  notRun.length === 0 && results.every(({ badRows, error }) => badRows === 0 && error === null)

export const failedChecks = ({ results }: Validation): string[] => results.filter(({ error }) => error !== null).map(({ id }) => id)

export const describeValidation = ({ notRun, results }: Validation): string => {
  const faults = results.filter(({ badRows, error, repaired }) => badRows > 0 || repaired > 0 || error !== null)
  const lines = faults.flatMap(({ badRows, canBeRepaired, error, examples, id, repaired, sentence }) => [
    `${id}: ${sentence}`,
    ...(repaired > 0 ? [`  repaired: ${repaired}`] : []),
    ...(badRows > 0 ? [`  broken by ${badRows}${canBeRepaired ? '; --repair repairs it' : '; a person has to decide'}`] : []),
    ...examples.map(({ detail, key }) => `    ${key}${detail === '' ? '' : `  ${detail}`}`),
    ...(badRows > examples.length ? [`    and ${badRows - examples.length} more`] : []),
    ...(error === null ? [] : [`  could not run: ${error}`]),
  ])
  const rest = notRun.length > 0 ? [`There was no time for ${notRun.length} checks: run the command again.`] : []
  return [...lines, `${results.length} checks, ${faults.length} with faults.`, ...rest].map(line => `${line}\n`).join('')
}
