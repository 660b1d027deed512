import { ButtonLink } from '../../components/button.tsx'
import styles from './register.module.css'
import { register as m } from '#messages/register'

/** The ways to bring transactions into an empty register. */
export const BringLinks = ({ importHref }: { readonly importHref: string }) => (
  <p className={styles['bring']}>
    <ButtonLink href={importHref}>{m.importFile}</ButtonLink>
    <ButtonLink href="/wealth/connections">{m.connect}</ButtonLink>
  </p>
)
