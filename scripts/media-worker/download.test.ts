import { describe, expect, it } from 'vitest';
import { prebuiltUrl } from './download.mjs';

const manifest = { version: '3.27.1', repository: { url: 'git+https://github.com/versatica/mediasoup.git' } };

describe('prebuiltUrl', () => {
  it('names the system, and the kernel on Linux', () => {
    expect(prebuiltUrl(manifest, { platform: 'linux', arch: 'x64', release: '6.1.0-18-amd64' })).toBe(
      'https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz',
    );
    expect(prebuiltUrl(manifest, { platform: 'darwin', arch: 'arm64', release: '23.1.0' })).toBe(
      'https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-darwin-arm64.tgz',
    );
  });

  it('takes a mirror', () => {
    expect(prebuiltUrl(manifest, { platform: 'linux', arch: 'x64', release: '6.1.0', base: 'https://mirror.example' })).toBe(
      'https://mirror.example/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz',
    );
  });
});
