/** Reads the value at a path. */
type Read = (path: string) => unknown

const functions: Readonly<Record<string, (...values: never[]) => unknown>> = {
  'States.ArrayGetItem': (items: readonly unknown[], index: number) => items[index],
  'States.Format': (template: string, ...values: readonly unknown[]) => {
    const rest = [...values]
    return template.replaceAll('{}', () => String(rest.shift()))
  },
  'States.MathAdd': (a: number, b: number) => a + b,
  'States.StringSplit': (text: string, splitter: string) => text.split(splitter).filter(part => part !== ''),
}

/** A text, a number, a path, the beginning of a call, or a mark. */
const token = /\s*(?:'([^']*)'|(-?\d+)|(\$[\w.$[\]]*)|(States\.\w+)\(|([,)]))/y

/**
 * The value of an expression: a path, or an intrinsic function of the Amazon States Language that the templates use. Anything else is an error.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const evaluate = (expression: string, read: Read): unknown => {
  token.lastIndex = 0
  const next = () => {
    const found = token.exec(expression)
    if (found === null) throw new Error(`The expression ${expression} is not known here.`)
    return found
  }
  const value = ([, text, number, path, name]: RegExpExecArray): unknown => {
    if (text !== undefined) return text
    if (number !== undefined) return Number(number)
    if (path !== undefined) return read(path)
    const call = functions[name ?? '']
    if (call === undefined) throw new Error(`The function in ${expression} is not known here.`)
    const values: unknown[] = []
    for (let mark = ','; mark === ','; mark = next()[5] ?? '') values.push(value(next()))
    return call(...(values as never[]))
  }
  return value(next())
}
