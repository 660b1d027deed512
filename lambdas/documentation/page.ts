import { type ApiDocument, nameIn, type Parameter, type Route, routesOf, type Schema, type Schemas } from './document.ts'
import { type Examples, examplesOf } from './examples.ts'
import { escape, pageOf } from './html.ts'
import { isPlain, outliner } from './outline.ts'
import { searchScript } from './search-script.ts'

const parameterItem = ({ description, in: where, name, required, schema }: Parameter, schemas: Schemas): string => {
  const words = description ?? (schema.$ref === undefined ? '' : schemas[nameIn(schema.$ref)]!.description) ?? ''
  const type = outliner(schemas)(schema)
  return `<li><code>${escape(name)}</code> <small>${where}${required ? '' : ', optional'}</small> ${escape(words)} <code>${type}</code></li>`
}

const languages = { curl: 'curl', typescript: 'TypeScript', python: 'Python' } as const satisfies Record<keyof Examples, string>

const examplesList = (route: Route, schemas: Schemas): string => {
  const examples = examplesOf(route, schemas)
  const listed = Object.entries(languages).map(([key, name]) => `<h4>${name}</h4><pre>${escape(examples[key as keyof Examples])}</pre>`)
  return `<details class="examples"><summary>Examples in curl, TypeScript and Python</summary>${listed.join('')}</details>`
}

const section = (route: Route, schemas: Schemas): string => {
  const { answers, method, operation, parameters, path } = route
  const outline = outliner(schemas)
  const body = operation.requestBody?.content['application/json']
  const answered = answers.map(([status, { content, description }]) => {
    const schema = Number(status) < 400 ? Object.values(content ?? {})[0]?.schema : undefined
    const shown = schema ? `<details><summary>Body of ${status}</summary><pre>${outline(schema)}</pre></details>` : ''
    return `<li><b>${status}</b> ${escape(description)}${shown}</li>`
  })
  return `<section id="${operation.operationId}"><h3><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code></h3>
<p>${escape(operation.summary)}${operation.security.length === 0 ? ' <small>· no token needed</small>' : ''}</p>
${operation.description ? `<p>${escape(operation.description)}</p>` : ''}
${parameters.length > 0 ? `<h4>Parameters</h4><ul>${parameters.map(parameter => parameterItem(parameter, schemas)).join('')}</ul>` : ''}
${body ? `<h4>Body</h4><pre>${outline(body.schema)}</pre>` : ''}
<h4>Answers</h4><ul>${answered.join('')}</ul>
${examplesList(route, schemas)}</section>`
}

const schemaSection = (name: string, schema: Schema, schemas: Schemas): string =>
  `<section id="schema-${escape(name)}"><h3>${escape(name)}</h3>${schema.description ? `<p>${escape(schema.description)}</p>` : ''}<pre>${outliner(schemas)(schema)}</pre></section>`

const introduction = `<p>Machine-readable: <a href="/openapi.json">openapi.json</a>. What can go wrong: <a href="/problems">problems</a>. Get a token:
<a href="#identity-create-session">sign in</a>, then send <code>Authorization: Bearer &lt;accessToken&gt;</code>.</p>
<p>In the examples, <code>API</code> or <code>api</code> is the address of the platform without a slash at its end, and <code>TOKEN</code> or
<code>token</code> the access token. TypeScript runs in Node and in browsers. Python begins with <code>import requests, uuid</code>. A field with <code>?</code> is optional.</p>`

/** The OpenAPI document as one page: the routes by domain, then the named schemas. It loads nothing. Its script adds a search. */
export const documentationPage = (document: ApiDocument): string => {
  const { components, info, tags } = document
  const { schemas } = components
  const routes = routesOf(document)
  const groups = tags.map(({ name }) => ({ name, own: routes.filter(({ operation }) => operation.tags[0] === name) }))
  const contents = groups.map(({ name, own }) => {
    const links = own.map(({ operation }) => `<li><a href="#${operation.operationId}">${escape(operation.summary)}</a></li>`)
    return `<details data-group><summary>${escape(name)} <small>${own.length}</small></summary><ul>${links.join('')}</ul></details>`
  })
  const chapters = groups.map(
    ({ name, own }) => `<div data-group><h2>${escape(name)}</h2>${own.map(route => section(route, schemas)).join('')}</div>`,
  )
  const described = Object.entries(schemas)
    .filter(([, schema]) => !isPlain(schema))
    .map(([name, schema]) => schemaSection(name, schema, schemas))
  const title = `${info.title} API`
  return pageOf(
    title,
    `<a class="skip" href="#routes">Skip to the routes</a><header><h1>${escape(title)}</h1><p>${escape(info.description)}</p>${introduction}</header>
<div class="columns"><nav aria-label="Routes"><div id="finder" hidden><label for="search">Search</label><input id="search" type="search" autocomplete="off">
<p id="found" role="status" class="muted"></p></div>${contents.join('')}</nav>
<main id="routes" tabindex="-1">${chapters.join('')}<div data-group><h2>schemas</h2>${described.join('')}</div></main></div><script>${searchScript}</script>`,
  )
}
