import type { ComponentType } from 'react'
import type { navigation } from '#messages/shell'

export type Group = keyof typeof navigation.groups

/** A page of a domain, as its `pages.ts` lists it. */
export interface PageDeclaration {
  /** An absolute path with parameters of wouter: `/plans/:planId`. */
  readonly path: string
  readonly title: string
  /** Loads the page. Its code is a file of its own, which is fetched when the page is opened. */
  readonly load: () => Promise<{ readonly default: ComponentType }>
  /** Where the page is in the navigation. Left out: it is reached from other pages. */
  readonly navigation?: { readonly group: Group; readonly icon: IconName }
  /** The second key of its shortcut, after `g`. */
  readonly shortcut?: string
  /** Only administrators see it. */
  readonly administrators?: true
  /** Shown without a session: sign-in and what belongs to it. */
  readonly open?: true
}

export type IconName =
  | 'today'
  | 'accounts'
  | 'people'
  | 'goal'
  | 'plan'
  | 'portfolio'
  | 'market'
  | 'trust'
  | 'operator'
  | 'settings'
  | 'assumptions'
  | 'api'
  | 'plus'
  | 'exchange'
  | 'download'
  | 'clock'
  | 'alert'
  | 'user'
  | 'archive'
  | 'search'
  | 'check'
  | 'receipt'
  | 'tax'
  | 'link'
  | 'filter'
