import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryDirectory } from './program.ts'

export type Certificate = { key: string; cert: string; /** Path of the certificate, for NODE_EXTRA_CA_CERTS. */ file: string }

/** A certificate for 127.0.0.1 that nobody but a test trusts; PEM. Needs `openssl`. */
export async function makeCertificate(): Promise<Certificate> {
  const directory = await temporaryDirectory('certificate')
  const [key, file] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', file, '-days', '2', ...subject])
  return { key: await readFile(key, 'utf8'), cert: await readFile(file, 'utf8'), file }
}
