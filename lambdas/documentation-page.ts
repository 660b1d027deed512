interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly items?: Schema
  readonly properties?: Record<string, Schema>
  readonly additionalProperties?: Schema | boolean
  readonly required?: readonly string[]
}

/** A part of the document, or a reference to a component. */
type OrReference<Value> = Value | { readonly $ref: string }

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: Schema
}

interface Response {
  readonly description: string
  readonly content?: Record<string, { readonly schema: Schema }>
}

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly OrReference<Parameter>[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema; readonly example?: unknown }> }
  readonly responses: Record<string, OrReference<Response>>
  readonly security: readonly unknown[]
}

interface Components {
  readonly schemas: Record<string, Schema>
  readonly parameters: Record<string, Parameter>
  readonly responses: Record<string, Response>
}

export const escape = (text: string) =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const code = (value: unknown) => `<pre>${escape(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`

const nameIn = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1)
const resolve = <Value extends object>(value: OrReference<Value>, components: Record<string, Value>): Value =>
  '$ref' in value ? components[nameIn(value.$ref)]! : value

/** Text, a number or the like. The outline shows it in place, so it needs no section of its own. */
const isPlain = ({ enum: values, type }: Schema) =>
  values !== undefined || (typeof type === 'string' && type !== 'object' && type !== 'array')

/** Makes readable outlines of JSON schemas, as HTML: names, types, optional fields, and links to named schemas. */
const outliner = (schemas: Components['schemas']) => {
  const outline = (schema: Schema, depth = 0): string => {
    if (schema.$ref !== undefined) {
      const name = nameIn(schema.$ref)
      return isPlain(schemas[name]!) ? outline(schemas[name]!, depth) : `<a href="#schema-${escape(name)}">${escape(name)}</a>`
    }
    const indent = '  '.repeat(depth)
    const variants = schema.anyOf ?? schema.oneOf
    if (variants) return variants.map(variant => outline(variant, depth)).join(' | ')
    if (schema.const !== undefined) return escape(JSON.stringify(schema.const))
    if (schema.enum) return schema.enum.map(value => escape(JSON.stringify(value))).join(' | ')
    if (schema.type === 'array') return `[ ${outline(schema.items ?? {}, depth)} … ]`
    const { additionalProperties, properties } = schema
    if (properties) {
      const required = new Set(schema.required)
      const lines = Object.entries(properties).map(([name, field]) => {
        const description = field.description ?? (field.$ref === undefined ? undefined : schemas[nameIn(field.$ref)]!.description)
        const note = description ? `  — ${escape(description)}` : ''
        return `${indent}  ${escape(name)}${required.has(name) ? '' : '?'}: ${outline(field, depth + 1)}${note}`
      })
      return `{\n${lines.join('\n')}\n${indent}}`
    }
    if (typeof additionalProperties === 'object') return `{ [name]: ${outline(additionalProperties, depth)} }`
    if (schema.type === 'object') return '{ … }'
    return escape(`${[schema.type ?? 'any'].flat().join(' | ')}${schema.format ? ` (${schema.format})` : ''}`)
  }
  return (schema: Schema) => `<pre>${outline(schema)}</pre>`
}

const section = (path: string, method: string, operation: Operation, components: Components) => {
  const outline = outliner(components.schemas)
  const body = operation.requestBody?.content['application/json']
  const parameters = operation.parameters
    .map(parameter => resolve(parameter, components.parameters))
    .map(({ description, in: where, name, required, schema }) => {
      const words = description ?? (schema.$ref === undefined ? '' : components.schemas[nameIn(schema.$ref)]!.description) ?? ''
      return `<li><code>${escape(name)}</code> <small>${where}${required ? '' : ', optional'}</small> ${escape(words)}</li>`
    })
  const answers = Object.entries(operation.responses).map(([status, response]) => {
    const { content, description } = resolve(response, components.responses)
    const schema = Number(status) < 400 ? Object.values(content ?? {})[0]?.schema : undefined
    return `<li><b>${status}</b> ${escape(description)}${schema ? `<details><summary>body</summary>${outline(schema)}</details>` : ''}</li>`
  })
  return `<section id="${operation.operationId}"><h3><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code></h3>
<p>${escape(operation.summary)}${operation.security.length === 0 ? ' <small>· no token needed</small>' : ''}</p>
${operation.description ? `<p>${escape(operation.description)}</p>` : ''}
${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}
${body ? `<details open><summary>Body</summary>${outline(body.schema)}</details>${body.example ? `<p>For example</p>${code(body.example)}` : ''}` : ''}
<ul class="answers">${answers.join('')}</ul></section>`
}

const schemaSection = (name: string, schema: Schema, schemas: Components['schemas']) =>
  `<section id="schema-${escape(name)}"><h3>${escape(name)}</h3>${schema.description ? `<p>${escape(schema.description)}</p>` : ''}${outliner(schemas)(schema)}</section>`

/** The look of every page of the documentation. */
export const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}
nav{columns:2;font-size:.9rem}nav h4{margin:.6rem 0 .1rem;break-after:avoid;text-transform:capitalize}nav a{display:block;text-decoration:none;color:#245}
section{border-top:1px solid #dde3ea;padding:.6rem 0}h2{text-transform:capitalize;margin-top:2.5rem}h3{font-weight:500;margin:.4rem 0}
h3 b{display:inline-block;min-width:4.2rem;font-size:.8rem;padding:.1rem .4rem;border-radius:.3rem;color:#fff;background:#567;text-align:center}
b.get{background:#2a6f4f}b.post{background:#2b5fa8}b.patch,b.put{background:#9a6a12}b.delete{background:#a33636}
pre{background:#f4f6f9;padding:.7rem;overflow:auto;font-size:.82rem;border-radius:.4rem}small{color:#5b6775}summary{cursor:pointer;color:#456}
@media(prefers-color-scheme:dark){body{background:#12161c;color:#dfe6ee}pre{background:#1b222c}nav a{color:#9cc2ee}section{border-color:#2a3340}}`

/** The OpenAPI document as one page. The page needs no script and loads nothing. */
export const documentationPage = (document: Record<string, unknown>): string => {
  const info = document['info'] as { title: string; description: string }
  const components = document['components'] as Components
  const operations = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = (document['tags'] as { name: string }[]).map(({ name }) => ({
    name,
    own: operations.filter(({ operation }) => operation.tags[0] === name),
  }))
  const contents = tags.map(
    ({ name, own }) =>
      `<h4>${name}</h4>${own.map(({ operation }) => `<a href="#${operation.operationId}">${escape(operation.summary)}</a>`).join('')}`,
  )
  const chapters = tags.map(
    ({ name, own }) => `<h2>${name}</h2>${own.map(({ method, operation, path }) => section(path, method, operation, components)).join('')}`,
  )
  const schemas = Object.entries(components.schemas)
    .filter(([, schema]) => !isPlain(schema))
    .map(([name, schema]) => schemaSection(name, schema, components.schemas))
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(info.title)} API</title><style>${style}</style></head><body><h1>${escape(info.title)} API</h1><p>${escape(info.description)}</p>
<p>Machine-readable: <a href="/openapi.json">openapi.json</a>. What can go wrong: <a href="/problems">problems</a>. Get a token: <a href="#identity-create-session">sign in</a>, then send
<code>Authorization: Bearer &lt;accessToken&gt;</code>.</p><nav>${contents.join('')}</nav>${chapters.join('')}<h2>schemas</h2>${schemas.join('')}</body></html>`
}
