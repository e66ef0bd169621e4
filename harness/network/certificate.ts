import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';

/** A self-signed certificate in PEM, created for one test run. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The certificate as a file, for NODE_EXTRA_CA_CERTS. */
  readonly path: string;
  /** Removes the file. */
  remove(): void;
}

/** Creates a certificate that is valid today for these host names and addresses. */
export async function createCertificate(...hosts: readonly string[]): Promise<Certificate> {
  const [commonName = 'localhost'] = hosts;
  const pems = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) =>
          isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host },
        ),
      },
    ],
  });
  const directory = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  const file = path.join(directory, 'certificate.pem');
  writeFileSync(file, pems.cert);
  return {
    key: pems.private,
    cert: pems.cert,
    path: file,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
