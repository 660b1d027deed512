import { magnitude } from '../amounts.ts'
import type { Findings } from '../findings.ts'
import type { FileHolding } from '../rows.ts'
import { descendants, type Element } from './elements.ts'
import { Leaves, type Security, securityIdOf } from './values.ts'

interface Statement {
  readonly currency: string | undefined
  readonly securities: ReadonlyMap<string, Security>
  readonly findings: Findings
}

/** The positions of an INVPOSLIST. */
export const readHoldings = (list: Element | undefined, { currency, findings, securities }: Statement): FileHolding[] =>
  (list ? descendants(list, 'INVPOS') : []).flatMap(position => {
    const holding = findings.row(position.line, (fields): FileHolding => {
      const leaves = new Leaves(fields, position)
      const securityId = fields.text('UNIQUEID', securityIdOf(position))
      const security = securityId === undefined ? undefined : securities.get(securityId)
      const units = leaves.required('UNITS', leaves.figure('UNITS')) ?? '0'
      const isShort = leaves.raw('POSTYPE')?.toUpperCase() === 'SHORT' && units !== '0'
      const price = leaves.figure('UNITPRICE')
      return {
        line: position.line,
        securityId,
        securityName: security?.name,
        symbol: security?.symbol,
        quantity: isShort ? `-${magnitude(units)}` : units,
        price: price === undefined ? undefined : magnitude(price),
        marketValue: leaves.money('MKTVAL'),
        date: leaves.date('DTPRICEASOF'),
        currency: leaves.currency() ?? currency,
      }
    })
    return holding ?? []
  })
