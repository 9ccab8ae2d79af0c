/** Routes of people: what the server is, first administrator, sessions, users. */
import { z } from 'zod';
import { passwordSchema, userSchema } from '../catalogue.ts';
import { byId, done } from './answers.ts';
import { route } from './route.ts';
import { serverInfoSchema, sessionSchema } from './views.ts';

const login = z.string().min(1).max(32);

/** Routes of people. */
export const ACCESS_API = {
  info: route({
    method: 'GET',
    path: '/api/info',
    access: 'public',
    summary: 'What this server is',
    response: serverInfoSchema,
  }),
  setup: route({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    summary: 'Create the first administrator with the one-time link; signs in',
    body: z.strictObject({
      token: z.string().max(200),
      login: userSchema.shape.login,
      name: userSchema.shape.name,
      password: passwordSchema,
    }),
    response: sessionSchema,
  }),
  signIn: route({
    method: 'POST',
    path: '/api/session',
    access: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.strictObject({ login, password: z.string().max(200) }),
    response: sessionSchema,
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    access: 'viewer',
    summary: 'Who is signed in',
    response: sessionSchema,
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', access: 'viewer', summary: 'Sign out', response: done }),

  users: route({
    method: 'GET',
    path: '/api/users',
    access: 'admin',
    summary: 'People',
    response: z.array(userSchema),
  }),
  putUser: route({
    method: 'PUT',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'Create or change a person; the password is kept where none is given',
    params: byId,
    body: userSchema.extend({ password: passwordSchema.nullable().default(null) }),
    response: userSchema,
  }),
  deleteUser: route({
    method: 'DELETE',
    path: '/api/users/:id',
    access: 'admin',
    summary: 'Remove a person',
    params: byId,
    response: done,
  }),
} as const;
