/* What example.NativeApp loads: finds one of its classes while it is loaded, and needs a library that needs another. */
#include <jni.h>

int native_mid(void);

static int found;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void* unused)
{
    JNIEnv* env;

    (void)unused;
    if ((*vm)->GetEnv(vm, (void**)&env, JNI_VERSION_1_8) != JNI_OK)
        return JNI_ERR;
    found = (*env)->FindClass(env, "example/NativeApp$Found") != NULL;
    (*env)->ExceptionClear(env);
    return JNI_VERSION_1_8;
}

/* 100 if the class was found, and what the other libraries add. */
JNIEXPORT jint JNICALL Java_example_NativeApp_answer(JNIEnv* env, jclass type)
{
    (void)env;
    (void)type;
    return 100 * found + native_mid();
}
