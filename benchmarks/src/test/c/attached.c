/* Runs example.ThreadsApp.attached() in a thread that Java knows nothing of until it attaches itself. */
#include <jni.h>
#include <pthread.h>
#include <stdio.h>

static JavaVM* vm;

static void* body(void* unused)
{
    JNIEnv* env;
    jclass type;
    jmethodID method;

    if ((*vm)->AttachCurrentThread(vm, (void**)&env, NULL) != JNI_OK)
        return unused;
    type = (*env)->FindClass(env, "example/ThreadsApp");
    method = type == NULL ? NULL : (*env)->GetStaticMethodID(env, type, "attached", "()V");
    if (method != NULL)
        (*env)->CallStaticVoidMethod(env, type, method);
    if ((*env)->ExceptionCheck(env))
        (*env)->ExceptionDescribe(env);
    (*vm)->DetachCurrentThread(vm);
    return unused;
}

JNIEXPORT void JNICALL Java_example_ThreadsApp_attach(JNIEnv* env, jclass type)
{
    pthread_t thread;

    (void)type;
    (*env)->GetJavaVM(env, &vm);
    if (pthread_create(&thread, NULL, body, NULL) == 0)
        pthread_join(thread, NULL);
}
