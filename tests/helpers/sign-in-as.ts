/** People of other units and roles than the administrator of the tests. */
import type { User } from '../../domain/catalogue/organisation.ts';
import type { TestController } from './test-controller.ts';

/** Makes a person called after their unit and role, and signs them in; gives the API as theirs. */
export async function signInAs(
  { api, url, controller }: TestController,
  { unitId, role }: Pick<User, 'unitId' | 'role'>,
): Promise<TestController['api']> {
  const login = `${unitId}-${role}`;
  const password = 'correct horse';
  await api('PUT', `/api/users/${login}`, { id: login, unitId, login, name: login, role, password });
  const { token } = await controller.services.access.signIn(login, password);
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        cookie: `xunbo_session=${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
}
