/* An empty library serves: see meson.build. */
