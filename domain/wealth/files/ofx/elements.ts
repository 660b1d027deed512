import { DomainError, nestingLimit } from '../../../shared/index.ts'

/*
 * Our own reader of OFX elements, because a fault must name its line and a file may be hostile
 * (docs/decisions/2026-11-27-ofx-is-read-by-our-own-tokenizer.md).
 */

/** An element: an aggregate with elements in it, or a leaf with text. */
export interface Element {
  readonly name: string
  /** Line of its tag, from 1. */
  readonly line: number
  text: string
  children: Element[]
}

const lineError = (line: number, message: string) => new DomainError([{ path: `line ${line}`, message }])

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

/** Replaces the entities of HTML text that banks write. An ampersand that begins none stays. */
const decoded = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(
        /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
        (entity, name?: string, decimal?: string, hex?: string) => {
          if (name !== undefined) return named[name.toLowerCase()]!
          const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
          return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity
        },
      )
    : text

const namePattern = /([a-z][\w.-]*)([^<>]*)>/iy

/** Aggregates that always have their closing tag. Where it is missing, the file is damaged. */
const aggregates =
  /^(?:OFX|STATUS|SONRS|FI|[A-Z0-9]+(?:MSGSRSV\d|TRNRS|STMTRS|TRANLIST|TRANLISTP|POSLIST|ACCTFROM|BAL)|STMTRS|STMTTRNP?|INVTRAN|INVBUY|INVSELL|SECID|SECINFO|INVPOS|SECLIST|(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|INCOME|REINVEST|TRANSFER|SPLIT|RETOFCAP|INVEXPENSE|MARGININTEREST|JRNLFUND|JRNLSEC|CLOSUREOPT|INVBANKTRAN)$/

/** Leaves with names that `aggregates` also matches. */
const leaves = /^(?:ACCTBAL|TOTALBAL)$/

const isAggregate = (name: string): boolean => aggregates.test(name) && !leaves.test(name)

/** Builds the tree. SGML leaves out the closing tags of leaves: one with text ends at the next tag; one without is found when its parent closes. */
class Tree {
  readonly notes: string[] = []
  readonly root: Element = { name: '', line: 1, text: '', children: [] }
  readonly #open: Element[] = [this.root]

  get #top(): Element {
    return this.#open.at(-1)!
  }

  get depth(): number {
    return this.#open.length - 1
  }

  text(text: string): void {
    const top = this.#top
    if (top.children.length === 0) top.text += text
  }

  open(name: string, line: number): void {
    if (this.#open.length > 1 && this.#top.text.trim() !== '') this.#open.pop()
    if (this.#open.length > nestingLimit) throw lineError(line, `has elements in more than ${nestingLimit} levels`)
    const element: Element = { name, line, text: '', children: [] }
    this.#top.children.push(element)
    this.#open.push(element)
  }

  close(name: string, line: number): void {
    const place = this.#open.findLastIndex(element => element.name === name)
    if (place < 1) {
      this.notes.push(`Line ${line}: </${name}> closes nothing. Text before it may be incomplete.`)
      return
    }
    while (this.#open.length - 1 > place) this.#hoist(this.#open.pop()!)
    this.#open.pop()
  }

  /** A leaf without text and without closing tag took its next siblings for its children. */
  #hoist(element: Element): void {
    if (element.children.length === 0) return
    if (isAggregate(element.name)) throw lineError(element.line, `<${element.name}> is not closed: the file is damaged`)
    for (const child of element.children) this.#top.children.push(child)
    element.children = []
  }
}

/**
 * The element OFX of a file.
 * @param text from `<OFX>` on; `firstLine` is the line of that tag
 * @returns it, and notes on tags that close nothing
 * @throws DomainError for a document type declaration, deep nesting, and a file that ends too early
 */
export const parseElements = (text: string, firstLine: number): { ofx: Element; notes: readonly string[] } => {
  const tree = new Tree()
  let line = firstLine
  let counted = 0
  const lineAt = (index: number): number => {
    for (let next = text.indexOf('\n', counted); next !== -1 && next < index; next = text.indexOf('\n', counted)) {
      line += 1
      counted = next + 1
    }
    return line
  }
  let from = 0
  let hasEnded = false
  while (!hasEnded) {
    const start = text.indexOf('<', from)
    if (start === -1) break
    if (start > from) tree.text(decoded(text.slice(from, start)))
    const next = text[start + 1]
    if (next === '!' || next === '?') from = skipMarkup(tree, text, start, lineAt)
    else {
      const isClosing = next === '/'
      namePattern.lastIndex = start + (isClosing ? 2 : 1)
      const [whole, given, rest = ''] = namePattern.exec(text) ?? []
      if (whole === undefined || given === undefined) {
        tree.text('<')
        from = start + 1
        continue
      }
      const name = given.toUpperCase()
      if (isClosing) tree.close(name, lineAt(start))
      else {
        tree.open(name, lineAt(start))
        if (rest.endsWith('/')) tree.close(name, line)
      }
      from = start + whole.length + (isClosing ? 2 : 1)
      hasEnded = tree.depth === 0
    }
  }
  if (!hasEnded) throw lineError(lineAt(text.length), 'the file ends before </OFX>: it is incomplete. Download it again')
  return { ofx: tree.root.children[0]!, notes: tree.notes }
}

/** Reads CDATA, and skips comments and instructions. @returns where the markup ends */
const skipMarkup = (tree: Tree, text: string, start: number, lineAt: (index: number) => number): number => {
  const [opening, closing] = (
    [
      ['<![CDATA[', ']]>'],
      ['<!--', '-->'],
      ['<?', '?>'],
    ] as const
  ).find(([opening]) => text.startsWith(opening, start)) ?? ['', '']
  if (opening === '') throw lineError(lineAt(start), 'has a declaration. OFX has no declarations, so it is refused')
  const end = text.indexOf(closing, start + opening.length)
  if (end === -1) throw lineError(lineAt(start), `${opening} is not closed: the file is incomplete`)
  if (opening === '<![CDATA[') tree.text(text.slice(start + opening.length, end))
  return end + closing.length
}

/** The first child with a name. */
export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find(child => child.name === name)

/** The trimmed text of a leaf, along names; undefined if it is missing or empty. */
export const leaf = (element: Element | undefined, ...names: readonly string[]): string | undefined => {
  let found = element
  for (const name of names) found = child(found, name)
  const text = found?.text.trim()
  return text === '' ? undefined : text
}

/** All descendants with a name, in their order, not within one another. */
export const descendants = (element: Element, name: string): Element[] =>
  element.children.flatMap(child => (child.name === name ? [child] : descendants(child, name)))
