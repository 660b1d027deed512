import type { Route, Schemas } from './document.ts'
import { sampleOf } from './sample.ts'

/** A request of a route in three languages. `API` is the address of the platform, `TOKEN` an access token. */
export interface Examples {
  readonly curl: string
  readonly typescript: string
  readonly python: string
}

interface Header {
  readonly name: string
  /** The value as an expression of each language. */
  readonly values: { readonly [Language in keyof Examples]: string }
}

const fixed = (name: string, value: string): Header => ({
  name,
  values: { curl: value, typescript: `'${value}'`, python: JSON.stringify(value) },
})

const headersOf = ({ operation, parameters }: Route, hasBody: boolean): Header[] => {
  const named = (name: string) => parameters.some(parameter => parameter.in === 'header' && parameter.name === name)
  return [
    ...(operation.security.length === 0
      ? []
      : [{ name: 'authorization', values: { curl: 'Bearer $TOKEN', typescript: '`Bearer ${token}`', python: 'f"Bearer {token}"' } }]),
    ...(hasBody ? [fixed('content-type', 'application/json')] : []),
    ...(named('If-Match') ? [fixed('if-match', '"v1"')] : []),
    ...(named('Idempotency-Key')
      ? [{ name: 'idempotency-key', values: { curl: '$(uuidgen)', typescript: 'crypto.randomUUID()', python: 'str(uuid.uuid4())' } }]
      : []),
  ]
}

/** The path with a value for each parameter, and the required parameters of the query. */
const addressOf = ({ parameters, path }: Route, schemas: Schemas): string => {
  const valueOf = (name: string) =>
    encodeURIComponent(String(sampleOf(parameters.find(parameter => parameter.name === name)!.schema, schemas)))
  const query = parameters.filter(parameter => parameter.in === 'query' && parameter.required).map(({ name }) => `${name}=${valueOf(name)}`)
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name))}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** The body of a request: the example of the document, or one made from the schema. */
export const bodyOf = ({ operation }: Route, schemas: Schemas): unknown => {
  const body = operation.requestBody?.content['application/json']
  return body && (body.example ?? sampleOf(body.schema, schemas))
}

const pythonConstants: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' }

/** A JSON value in Python. Its texts stay as they are. */
const inPython = (value: unknown): string =>
  JSON.stringify(value, null, 4).replaceAll(/"(?:\\.|[^"\\])*"|\b(?:true|false|null)\b/g, part => pythonConstants[part] ?? part)

const inShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A header in double quotes of the shell: the token and the key are put in by it, quotes are not. */
const shellHeader = ({ name, values }: Header): string => `-H "${name}: ${values.curl.replaceAll('"', '\\"')}"`

export const examplesOf = (route: Route, schemas: Schemas): Examples => {
  const body = bodyOf(route, schemas)
  const hasBody = body !== undefined
  const address = addressOf(route, schemas)
  const method = route.method.toUpperCase()
  const headers = headersOf(route, hasBody)
  const success = route.answers.find(([status]) => Number(status) < 300)
  const contentType = Object.keys(success?.[1].content ?? {})[0]
  const isJson = contentType === 'application/json'
  const curl = [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`} "$API${address}"`,
    ...headers.map(shellHeader),
    ...(hasBody ? [`-d ${inShell(JSON.stringify(body))}`] : []),
  ]
  const settings = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length > 0
      ? [`  headers: { ${headers.map(({ name, values }) => `${/-/.test(name) ? `'${name}'` : name}: ${values.typescript}`).join(', ')} },`]
      : []),
    ...(hasBody ? [`  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll('\n', '\n  ')}),`] : []),
  ]
  const python = [
    `response = requests.${route.method}(`,
    `    f"{api}${address}",`,
    ...(headers.length > 0 ? [`    headers={${headers.map(({ name, values }) => `"${name}": ${values.python}`).join(', ')}},`] : []),
    ...(hasBody ? [`    json=${inPython(body).replaceAll('\n', '\n    ')},`] : []),
    ')',
    'response.raise_for_status()',
  ]
  return {
    curl: curl.join(' \\\n  '),
    typescript: [
      settings.length > 0
        ? `const response = await fetch(\`\${api}${address}\`, {\n${settings.join('\n')}\n})`
        : `const response = await fetch(\`\${api}${address}\`)`,
      'if (!response.ok) throw new Error(await response.text())',
      ...(contentType === undefined ? [] : [`console.log(await response.${isJson ? 'json' : 'text'}())`]),
    ].join('\n'),
    python: [...python, ...(contentType === undefined ? [] : [`print(response.${isJson ? 'json()' : 'text'})`])].join('\n'),
  }
}
