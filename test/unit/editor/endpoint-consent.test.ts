import { describe, expect, it } from 'vitest';
import { readEndpoint } from '../../../src/editor/models/endpoint-consent';

describe('the address of a model server', () => {
  it.each(['127.0.0.1:11434', 'http://localhost:11434', 'http://[::1]:11434', 'http://127.3.2.1'])(
    'stays on this machine: %s',
    (address) => expect(readEndpoint(address).kind).toBe('loopback'),
  );

  it.each([
    'http://10.0.0.5:11434',
    'https://gpu.example.com',
    'http://0.0.0.0:11434',
    'http://127.0.0.1.example.com',
    'localhost.example.com',
    'https://my.localhost',
    'http://evil.localhost:11434',
  ])('leads elsewhere: %s', (address) => expect(readEndpoint(address).kind).toBe('elsewhere'));

  it('is kept without its query and fragment', () => {
    expect(readEndpoint('http://localhost:11434/?key=secret#there')).toEqual({
      kind: 'loopback',
      url: 'http://localhost:11434',
    });
  });

  it('says whether anyone on the way could read along', () => {
    expect(readEndpoint('http://10.0.0.5')).toMatchObject({ plainHttp: true, host: '10.0.0.5' });
    expect(readEndpoint('https://gpu.example.com')).toMatchObject({ plainHttp: false });
  });

  it.each(['', 'http://', 'ftp://127.0.0.1', 'file:///etc/passwd', 'http://user:secret@127.0.0.1'])(
    'is refused: %j',
    (address) => expect(readEndpoint(address).kind).toBe('invalid'),
  );
});
