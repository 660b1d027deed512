import * as z from 'zod'
import { uuid } from '../../domain/shared/index.ts'

/** The real account that an input is linked to; undefined without a link. */
export const linkedAccountOf = ({ inputValue }: { readonly inputValue: unknown }): string | undefined =>
  linked.safeParse(inputValue).data?.linkedAccountId

const linked = z.object({ linkedAccountId: uuid.optional() })
