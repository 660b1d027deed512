import type { LinkedKind } from './real-accounts.ts'

/** The type of an input of a plan. */
export type InputType =
  | 'person'
  | 'account'
  | 'contribution'
  | 'withdrawal'
  | 'income'
  | 'pension'
  | 'annuity'
  | 'expense'
  | 'goal'
  | 'debt'
  | 'property'
  | 'spending_policy'
  | 'withdrawal_policy'
  | 'roth_conversion'
  | 'tax_settings'

interface Named {
  /** Name of the member in the value of the input. */
  readonly name: string
  /** Shown behind “More”. */
  readonly more?: true
}

/** A field that is one control. `default` is what the server takes when the field is left out; blank without it. */
export type Leaf = Named &
  (
    | { readonly kind: 'text' | 'date'; readonly required?: true; readonly default?: string }
    /** `clears`: a control that says where the amount comes from. It becomes blank when a person types another amount. */
    | { readonly kind: 'money'; readonly required?: true; readonly default?: string; readonly clears?: string }
    /** Fractions in the value, percent on the page. */
    | { readonly kind: 'percent'; readonly required?: true; readonly default?: number }
    | { readonly kind: 'number'; readonly required?: true; readonly default?: number; readonly unit?: 'years' | 'age' | 'times' }
    | { readonly kind: 'flag'; readonly default: boolean }
    /** A plan year in the value; on the page a calendar year. `last`: the value is the first year without, the page has the last one with. */
    | { readonly kind: 'year'; readonly last?: true; readonly required?: true; readonly default?: number }
    /** Months of age in the value; years and months on the page. */
    | { readonly kind: 'age-months'; readonly from: number; readonly to: number; readonly default?: number }
    /** `numeric`: the value is a number. Without a default, it can be left out. `from`: the options are known elsewhere. */
    | {
        readonly kind: 'choice'
        readonly options: readonly string[]
        readonly default?: string
        readonly numeric?: true
        readonly from?: 'states' | 'assets'
      }
    /** The name of another input of the plan. */
    | { readonly kind: 'reference'; readonly to: 'person' | 'account' | 'income'; readonly required?: true }
    /** Which account, debt or property of the household it is. `clears`: a control with what was taken from it. */
    | { readonly kind: 'real-account'; readonly of: LinkedKind; readonly clears?: string }
    /** The day on which the cost basis of an account was taken from tax lots, with the figures that can be taken. Blank: it was entered. */
    | { readonly kind: 'lots-day' }
    /** Shares of asset classes, which add up to 100 %. */
    | { readonly kind: 'weights' }
  )

/** Fields of a member of the value. */
export type Field =
  | Leaf
  /** An object that can be left out. `always`: it cannot, where its case is chosen. */
  | (Named & { readonly kind: 'optional'; readonly fields: readonly Field[]; readonly always?: true })
  /** An object of one of several kinds, with its kind in `kind`. `default`: the kind when it is left out. */
  | (Named & { readonly kind: 'union'; readonly cases: Readonly<Record<string, readonly Field[]>>; readonly default: string })
  /** Fields of which one case is given, without a member of its own in the value. The first is the default. */
  | (Named & { readonly kind: 'either'; readonly cases: Readonly<Record<string, readonly Field[]>> })
  /** A list of objects. `plain`: a list of the values of its only field. */
  | (Named & { readonly kind: 'list'; readonly fields: readonly Field[]; readonly plain?: true })

export type Group = 'people' | 'income' | 'accounts' | 'savings' | 'spending' | 'goals' | 'home' | 'taxes' | 'policies'

export interface InputDescription {
  readonly group: Group
  /** A plan has at most one. */
  readonly single?: true
  readonly fields: readonly Field[]
}
