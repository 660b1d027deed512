import type { Issue } from '../shared/index.ts'

export type Checklist = ReturnType<typeof createChecklist>

/** Collects faults: each check adds one where what it says does not hold. */
export function createChecklist() {
  const issues: Issue[] = []
  const that = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  const number = (path: string, value: number, minimum: number, maximum: number): void =>
    that(Number.isFinite(value) && value >= minimum && value <= maximum, path, `must be a number from ${minimum} to ${maximum}`)
  const numbers = (path: string, values: readonly number[], minimum: number, maximum: number): void => {
    for (const [index, value] of values.entries()) number(`${path}.${index}`, value, minimum, maximum)
  }
  const integer = (path: string, value: number, minimum: number, maximum: number): void =>
    that(Number.isInteger(value) && value >= minimum && value <= maximum, path, `must be a whole number from ${minimum} to ${maximum}`)
  return { issues, that, number, numbers, integer }
}
