import * as z from 'zod'
import { wholeNumberText } from '../../runtime/schemas.ts'
import { symbol } from '../schemas/shared.ts'

export const database = ['database'] as const

export const cursor = z.string().max(200).optional().meta({ description: '`nextCursor` of the previous page.', parameter: 'CursorOfBars' })
export const barLimit = (maximum: number) =>
  wholeNumberText(z.int().min(1).max(maximum))
    .default(1000)
    .meta({ description: `Largest number of items, 1 to ${maximum.toLocaleString('en-US')}.`, parameter: `LimitTo${maximum}` })

export const symbolPath = z.strictObject({ symbol: symbol.meta({ parameter: 'SymbolInPath' }) })
