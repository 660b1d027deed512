import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link } from 'wouter'
import { type AnyIcon, Icon } from './icon.tsx'
import styles from './button.module.css'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'quiet'

interface Look {
  readonly kind?: ButtonKind
  readonly icon?: AnyIcon
  readonly children: ReactNode
}

const classOf = (kind: ButtonKind): string => `${styles['button']} ${styles[kind]}`

/** A button with a word. `busy` while its request is in progress: it cannot be pressed twice. */
export const Button = ({
  busy = false,
  children,
  icon,
  kind = 'plain',
  ...rest
}: Look & { readonly busy?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) => (
  <button type="button" {...rest} className={classOf(kind)} disabled={busy || rest.disabled} aria-busy={busy || undefined}>
    {icon && <Icon name={icon} />}
    {children}
  </button>
)

/** A link that looks like a button. */
export const ButtonLink = ({
  children,
  href,
  icon,
  kind = 'plain',
  ...rest
}: Look & { readonly href: string; readonly 'aria-label'?: string }) => (
  <Link {...rest} href={href} className={classOf(kind)}>
    {icon && <Icon name={icon} />}
    {children}
  </Link>
)

/** A button with an icon only; its name is read by screen readers and shown on hovering. */
export const IconButton = ({
  icon,
  label,
  ...rest
}: { readonly icon: AnyIcon; readonly label: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) => (
  <button type="button" title={label} aria-label={label} {...rest} className={`${styles['button']} ${styles['quiet']} ${styles['icon']}`}>
    <Icon name={icon} />
  </button>
)
